"""A case as a timeline in plain words: what happened, who has it now, what ordinarily follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from linli.cases.deadlines import explanation
from linli.cases.models import Case, Hand, Passage
from linli.ground import masking
from linli.ground.wording import say
from linli.look.templatetags.linli import both, day
from linli.look.templatetags.wording import lang
from linli.people.models import Account
from linli.people.roles import all_roles, role
from linli.portal.items import way

APPLICANT = ("applicant", "resident")
LATER = 4


@dataclass(frozen=True)
class Moment:
    """One point of the line. ``state`` is done, now or later."""

    title: str
    state: str
    at: datetime | None = None
    by: str = ""
    note: str = ""
    papers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Promise:
    """By which day an answer is promised, and how that day was reckoned, line by line."""

    on: date
    certain: bool
    lines: Sequence[str]
    is_paused: bool


def moments(case: Case, own_words: Sequence[str]) -> list[Moment]:
    """What happened, where it stands, and what ordinarily follows; two queries. ``own_words`` are the reader's accounts."""
    passages = list(case.passages.select_related("opinion").order_by("number"))
    names = _names({passage.actor for passage in passages})
    done = [_done(case, passage, names, own_words) for passage in passages]
    if case.closed_on is not None:
        return done
    step = case.at_step
    now = Moment(both(step.public), "now", by="" if case.hold_post in APPLICANT else holder(case))
    later = [
        Moment(both(case.plan.step(code).title), "later") for code in list(way(case.plan, case.step))[:LATER]
    ]
    return [*done, now, *later]


def _names(words: set[str]) -> dict[str, str]:
    keys = [int(word.removeprefix("account:")) for word in words if word.startswith("account:")]
    rows = Account.objects.filter(pk__in=keys).values_list("pk", "person__name") if keys else ()
    return {f"account:{pk}": masking.name(name) for pk, name in rows}


def _done(case: Case, passage: Passage, names: dict[str, str], own: Sequence[str]) -> Moment:
    first = passage.from_step == ""
    title = _("您提交了") if first else both(case.plan.move(passage.move).done)
    opinion = getattr(passage, "opinion", None)
    note = opinion.text if opinion is not None and opinion.is_public else ""
    return Moment(title, "done", passage.at, _who(passage, names, own, case), note)


def _who(passage: Passage, names: dict[str, str], own: Sequence[str], case: Case) -> str:
    if passage.actor in own:
        return f"{_('您')} · {channel(case.channel)}" if passage.from_step == "" else str(_("您"))
    if passage.post in APPLICANT:
        return str(names.get(passage.actor, ""))
    return " ".join(filter(None, [both(role(passage.post).title), names.get(passage.actor, "")]))


def channel(word: str) -> str:
    """A way in, in words."""
    known = {
        "portal": _("网上"), "counter": _("窗口"), "phone": _("电话"), "home": _("上门"), "hotline": _("热线"),
        "grid": _("网格员"), "letter": _("来信"), "meeting": _("会上"),
    }  # fmt: skip
    return str(known.get(word, word))


def holder(case: Case) -> str:
    """Who has it now, as a post; the applicant is spoken to."""
    if not case.hold_post:
        return ""
    return _("等您") if case.hold_post in APPLICANT else both(role(case.hold_post).title)


def promise(case: Case, on: date) -> Promise | None:
    """The promised day with its reckoning; ``None`` where no clock runs or the case is closed."""
    if case.closed_on is not None:
        return None
    due = explanation(case, on=on)
    if due is None:
        return None
    return Promise(due.on, due.certain, [say(line, lang()) for line in due.explanation], case.is_paused)


def seen_by(case: Case) -> list[str]:
    """Whose posts can open this case: those that hold or held it, and those whose reach covers its class here."""
    held = set(Hand.objects.filter(case=case).exclude(post__in=APPLICANT).values_list("post", flat=True))
    reach = {
        code
        for code, one in all_roles().items()
        if one.door == "desk" and one.may("cases.read") and one.sees(case.data_class) in ("place", "all")
    }
    roles = all_roles()
    return sorted(
        {both(roles[code].title) for code in held | reach if code in roles and roles[code].door == "desk"}
    )


def days(first: date, last: date) -> str:
    """A span of days in words."""
    return str(_("%(first)s至%(last)s")) % {"first": day(first), "last": day(last)}
