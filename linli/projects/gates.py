"""What must be disclosed and when (domain §7.1 step 12): approval, receipt, each quarter, close."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from linli.disclosure import declared as catalogue
from linli.disclosure.models import Publication
from linli.disclosure.publishing import Span, publish
from linli.disclosure.showing import Showing
from linli.ground.clock import due_day
from linli.ground.money import Money
from linli.ground.said import Said, Saying
from linli.ground.wording import say
from linli.people.actors import Actor
from linli.projects.formulas import quarter_ends, together
from linli.projects.models import Expenditure, Gate, Project
from linli.rulebook.publishing import edition
from linli.rulebook.reading import calendar
from linli.trail.writing import act, append

ITEMS = {
    "approval": "project_approval",
    "receipt": "project_funds",
    "quarter": "project_funds",
    "close": "project_result",
}


def open_gate(*, project: Project, kind: str, on: date, at: datetime, number: int = 1) -> Gate:
    """Note that a gate was reached on a day; the catalogue says within how many working days to publish it."""
    item = catalogue.item_of(edition(catalogue.KIND, ITEMS[kind], on))
    within = max(item.within_days, 0)
    due = due_day(start=on, days=within, unit="working", calendar=calendar()).on if within else on
    gate, is_new = Gate.objects.get_or_create(
        project=project, kind=kind, number=number, defaults={"reached_on": on, "due_on": due}
    )
    if is_new:
        _enter(gate, at)
    return gate


def _enter(gate: Gate, at: datetime) -> None:
    case = gate.project.case
    content: dict[str, object] = {
        "case": case.number,
        "gate": gate.kind,
        "number": gate.number,
        "reached": gate.reached_on.isoformat(),
        "due": gate.due_on.isoformat(),
        "published": gate.published_on.isoformat() if gate.published_on else "",
        "publication": gate.publication,
    }
    key = f"{case.number}/{gate.kind}/{gate.number}"
    append(region=case.region_id, kind="projects.gate", row_key=key, content=content, at=at)


@act
def open_quarters(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Open the gate of every quarter that has ended for projects that have money. Repeating it changes nothing."""
    today = timezone.localdate(at)
    opened = 0
    for project in Project.objects.recorded().carrying_out().select_related("case")[:limit]:
        if project.first_received_on is None:
            continue
        known = set(project.gates.filter(kind="quarter").values_list("reached_on", flat=True))
        for number, end in enumerate(quarter_ends(project.first_received_on, today), start=1):
            if end not in known:
                open_gate(project=project, kind="quarter", on=end, number=number, at=at)
                opened += 1
    return opened


@act
def publish_gate(*, gate: Gate, by: Actor, at: datetime, result: str = "") -> Publication:
    """Publish a gate's facts through the disclosure catalogue; the amounts come from the accounts, not from a form.

    ``result`` is the plain sentence on the outcome that the gate "close" needs. Refused: a gate published already.
    """
    gate = (
        Gate.objects.select_for_update(of=("self",)).select_related("project__case__region").get(pk=gate.pk)
    )
    if gate.published_on is not None:
        raise Said("projects.gate_published", number=gate.publication)
    project = gate.project
    publication = publish(
        item=ITEMS[gate.kind],
        region=project.case.region,
        showing=Showing(title=_title(gate), facts=_facts(gate, result)),
        source=f"case:{project.case.number}",
        by=by,
        at=at,
        span=Span(event_on=gate.reached_on),
    )
    gate.published_on, gate.publication = timezone.localdate(at), publication.number
    gate.save(update_fields=["published_on", "publication"])
    if project.published_on is None:
        project.published_on = gate.published_on
        project.save(update_fields=["published_on"])
    _enter(gate, at)
    return publication


def _title(gate: Gate) -> str:
    return say(Saying(f"projects.publication_{gate.kind}", {"name": gate.project.name[:90]}))


def _facts(gate: Gate, result: str) -> dict[str, object]:
    project = gate.project
    if gate.kind == "approval":
        return {
            "project": project.name,
            "goals": "；".join(project.general_goals),
            "amount": project.budget_cents,
            "unit": project.unit_name,
            "number": project.approved_number,
        }
    if gate.kind == "close":
        return {"project": project.name, "result": result.strip()}
    account = together(source.account for source in project.sources.all())
    return {
        "project": project.name,
        "source": "、".join(source.fund.title["zh"] for source in project.sources.select_related("fund")),
        "received": account.received,
        "spent": account.spent,
        "balance": account.balance,
        "detail": _detail(project),
    }


def _detail(project: Project) -> str:
    spent = [(line.title, Money(line.spent_cents)) for line in project.lines.all() if line.spent_cents]
    if not spent:
        return ""
    parts = [
        say(Saying("projects.publication_line", {"line": line, "amount": amount})) for line, amount in spent
    ]
    count = Expenditure.objects.filter(project=project).standing().count()
    return say(Saying("projects.publication_detail", {"count": count, "lines": parts}))
