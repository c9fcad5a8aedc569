"""What the acts of a mediation file ask for, and how what was given reaches the room's verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from linli.desk.forms import mediation as asks
from linli.look.templatetags.linli import both
from linli.mediation import agreeing, parties, performing, seating, sessions
from linli.mediation.models import Agreement, Instalment, Mediation, Party, Session
from linli.mediation.papers import SESSION_KINDS, SIDES
from linli.mediation.telling import EVERY_POST, sheet_of
from linli.people.actors import Actor
from linli.people.models import Appointment
from linli.records.keeping import keep
from linli.records.models import Document
from linli.staff import access
from linli.staff.access import DeskRequest
from linli.staff.rows import DayField, Rows

Given = Mapping[str, Any]


@dataclass(frozen=True)
class At:
    """Where an act is done: the request, the file, the number of the thing it is about."""

    request: DeskRequest
    file: Mediation
    about: int

    @property
    def by(self) -> Actor:
        return access.actor(self.request)

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.request.now}

    def party(self, number: int | str | None = None) -> Party:
        """A party of the file by its number."""
        rows = self.file.parties.select_related("mediation__case__region", "person")
        found = rows.filter(number=int(number or self.about)).first()
        if found is None:
            raise Http404
        return found

    def session(self, number: int | str | None = None) -> Session:
        """A session of the file by its number."""
        found = (
            self.file.sessions.select_related("mediation__case__region")
            .filter(number=int(number or self.about))
            .first()
        )
        if found is None:
            raise Http404
        return found

    @property
    def agreement(self) -> Agreement:
        found = (
            Agreement.objects.select_related("mediation__case__region").filter(mediation=self.file).first()
        )
        if found is None:
            raise Http404
        return found

    def seat(self) -> Any:
        rows = list(self.file.seats.select_related("person").order_by("pk"))
        if not 1 <= self.about <= len(rows):
            raise Http404
        return rows[self.about - 1]

    def sides(self) -> list[tuple[str, str]]:
        return [
            (str(one.number), f"{SIDES[one.side]} {one.name}") for one in self.file.parties.order_by("number")
        ]


@dataclass(frozen=True)
class Doing:
    """An act: its title, what it asks, what it does."""

    title: Callable[[], str]
    asked: Callable[[At], dict[str, forms.Field]]
    do: Callable[[At, Given], object]
    tables: Callable[[At], tuple[Rows, ...]] = lambda at: ()
    tone: str = "go"


def kept(at: At, file: Any, kind: str) -> Document | None:
    if file is None:
        return None
    return keep(
        content=file.read(), name=file.name, kind=kind, region=at.file.case.region_id, data_class="P3", retain_until=None,
        **at.who,
    )  # fmt: skip


def mediators(at: At) -> list[tuple[str, str]]:
    held = Appointment.objects.filter(post__in=EVERY_POST, place=at.file.case.region_id).in_force(
        at.request.today
    )
    return [(one.person.key, one.person.name) for one in held.select_related("person").order_by("pk")]


def person_of(at: At, key: str) -> Any:
    held = Appointment.objects.filter(post__in=EVERY_POST, place=at.file.case.region_id, person__key=key)
    return held.select_related("person")[0].person


def listed(at: At, group: str) -> list[tuple[str, str]]:
    return [(one.code, both(one.title)) for one in getattr(sheet_of(at.file), group)]


def reason(at: At) -> dict[str, forms.Field]:
    return {"reason": asks.words(_("理由和告知的其他途径"), rows=3)}


def plan_session(at: At, given: Given) -> object:
    party = at.party(given["party"]) if given["kind"] == "separate" and given["party"] else None
    sitting = sessions.Plan(given["starts_at"], given["place"], given["kind"], party, given["is_open"])
    return sessions.plan(mediation=at.file, plan=sitting, **at.who)


def planning(at: At) -> dict[str, forms.Field]:
    return {
        "kind": asks.pick(_("方式"), [(code, _(title)) for code, title in SESSION_KINDS.items()]),
        "party": asks.pick(_("单独谈话的当事人"), [("", "—"), *at.sides()], required=False),
        "starts_at": asks.moment_field(_("时间")),
        "place": forms.CharField(label=_("地点"), max_length=80),
        "is_open": forms.BooleanField(label=_("公开进行（各方都同意才能公开）"), required=False),
    }


def holding(at: At) -> dict[str, forms.Field]:
    lines = sitting(at)
    present = forms.MultipleChoiceField(
        label=_("到场的人"), choices=[(one.signer, one.name) for one in lines], widget=forms.CheckboxSelectMultiple,
        initial=[one.signer for one in lines],
    )  # fmt: skip
    return {"present": present, "record": asks.words(_("记录"), rows=10)}


def sitting(at: At) -> list[sessions.Present]:
    """Those who may sit: in a separate talk never the other side."""
    session, lines = at.session(), sessions.signers_of(at.file)
    if session.party_id is None:
        return lines
    own = session.party
    agents = {f"agent:{one.pk}" for one in own.agents.all()} if own else set()
    wanted = {f"party:{own.number}", *agents} if own else agents
    return [one for one in lines if one.role == "mediator" or one.signer in wanted]


def hold_session(at: At, given: Given) -> object:
    chosen = [one for one in sitting(at) if one.signer in given["present"]]
    guests = [
        sessions.Present("guest", one["name"], f"guest:{number}", one["capacity"])
        for number, one in enumerate(given["guests"], start=1)
    ]
    return sessions.hold(session=at.session(), present=[*chosen, *guests], record=given["record"], **at.who)


def signing(at: At) -> dict[str, forms.Field]:
    signers = [(one["signer"], one["name"]) for one in at.session().present]
    return {"signer": asks.pick(_("谁签"), signers), "way": asks.pick(_("方式"), asks.SIGNING)}


def hands(at: At) -> dict[str, forms.Field]:
    signers = [(one.signer, one.name) for one in sessions.signers_of(at.file)] + [
        ("committee", _("调委会盖章（最后）"))
    ]
    return {"signer": asks.pick(_("谁签"), signers), "way": asks.pick(_("方式"), asks.SIGNING)}


def terms(given: Given) -> agreeing.Terms:
    promises = tuple(
        agreeing.Promise(row["what"], int(row["debtor"]), int(row["creditor"]), row["due_on"], row["cents"])
        for row in given["promises"]
        if row["what"] and row["due_on"]
    )
    lines = tuple(line.strip() for line in given["terms"].splitlines() if line.strip())
    return agreeing.Terms(
        given["facts"], lines, given["performance"], promises, given["amount"], given["at_once"]
    )


def oral_asked(at: At) -> dict[str, forms.Field]:
    held = [(str(one.number), f"{one.number} · {one.place}") for one in at.file.sessions.filter(state="held")]
    return {"session": asks.pick(_("在哪一次调解达成"), held), **asks.settlement(at.sides())[0]}


def drafted(at: At) -> dict[str, Any]:
    """What a draft that nobody has signed says so far, to be changed."""
    known = Agreement.objects.filter(mediation=at.file, effective_on=None).first()
    if known is None:
        return {}
    return {
        "facts": known.facts, "terms": "\n".join(known.terms), "performance": known.performance,
        "amount": known.amount_cents, "at_once": known.is_performed_at_once,
    }  # fmt: skip


def promised(at: At) -> tuple[dict[str, Any], ...]:
    """The instalments of that draft."""
    rows = Instalment.objects.filter(agreement=at.file.pk).select_related("debtor", "creditor")
    return tuple(
        {
            "what": one.what,
            "debtor": one.debtor.number,
            "creditor": one.creditor.number,
            "cents": one.cents,
            "due_on": one.due_on,
        }
        for one in rows
    )


def promises(at: At) -> tuple[Rows, ...]:
    return (replace(asks.settlement(at.sides())[1], initial=promised(at)),)


def name_agent(at: At, given: Given) -> object:
    mandate = kept(at, given["mandate"], "mandate")
    return parties.appoint_agent(
        party=at.party(),
        name=given["name"],
        powers=given["powers"],
        mandate=mandate,
        may_settle=given["may_settle"],
        **at.who,
    )


def agent_asked(at: At) -> dict[str, forms.Field]:
    return {
        "name": forms.CharField(label=_("代理人姓名"), max_length=60),
        "powers": forms.CharField(label=_("代理权限（照委托书写）"), max_length=200),
        "may_settle": forms.BooleanField(label=_("特别授权：可以代为承认、放弃、和解"), required=False),
        "mandate": forms.FileField(label=_("授权委托书")),
    }


def file_paper(at: At, given: Given) -> object:
    document = kept(at, given["file"], given["chapter"])
    assert document is not None
    return parties.add_paper(
        party=at.party(),
        document=document,
        chapter=given["chapter"],
        is_private=given["is_private"],
        **at.who,
    )


def paper_asked(at: At) -> dict[str, forms.Field]:
    return {
        "chapter": asks.pick(_("编入哪一部分"), listed(at, "chapters")), "file": forms.FileField(label=_("文件或照片")),
        "is_private": forms.BooleanField(label=_("当事人要求不向对方透露"), required=False),
    }  # fmt: skip


def perform_one(at: At, given: Given) -> object:
    one = (
        at.agreement.instalments.select_related("agreement__mediation__case").filter(number=at.about).first()
    )
    if one is None:
        raise Http404
    proof = kept(at, given["proof"], "receipt")
    return performing.perform(instalment=one, on=given["on"], proof=proof, remark=given["remark"], **at.who)


def perform_asked(at: At) -> dict[str, forms.Field]:
    return {
        "on": DayField(label=_("履行日期"), initial=at.request.today), "proof": forms.FileField(label=_("凭证"), required=False),
        "remark": forms.CharField(label=_("没有凭证的，写明怎么知道"), max_length=200, required=False),
    }  # fmt: skip


def revisit_one(at: At, given: Given) -> object:
    one = at.file.revisits.select_related("mediation__case").filter(number=at.about).first()
    if one is None:
        raise Http404
    return performing.revisit(
        revisit=one, found=given["found"], text=given["text"], way=given["way"], **at.who
    )


def tie_to(at: At, given: Given) -> object:
    found_by = "mediator" if at.seat().person_id == at.by.person_id else "party"
    return seating.declare_tie(
        mediation=at.file, person=at.seat().person, party=at.party(given["party"]), relation=given["relation"],
        found_by=found_by, **at.who,
    )  # fmt: skip
