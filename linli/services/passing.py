"""Passing on by purpose: an office after the counter is given what its part needs, and no more.

个人信息保护法 art. 6 (least scope), art. 19 to 21; the sheet's ``passing`` says who needs which answers and papers.
"""

from __future__ import annotations

from dataclasses import dataclass

from linli.cases.checking import APPLICANT
from linli.cases.models import Case
from linli.cases.procedures import Procedure
from linli.people.actors import Actor
from linli.services.declared import SENSITIVE, ServiceItem

OWN = ("resident", APPLICANT)


@dataclass(frozen=True)
class Given:
    """Codes of the questions and papers that an office is given."""

    questions: frozenset[str]
    materials: frozenset[str]


def passed_to(sheet: ServiceItem, post: str) -> Given:
    """What a post (or ``department``) is given under the sheet: its own rows; none, where the sheet names it nowhere.

    A sheet without any row passes on everything that is not sensitive.
    """
    rows = [row for row in sheet.passing if row.post == post]
    if sheet.passing:
        return Given(
            frozenset(code for row in rows for code in row.questions),
            frozenset(code for row in rows for code in row.materials),
        )
    plain = frozenset(q.code for q in sheet.questions() if q.data_class not in SENSITIVE)
    return Given(plain, frozenset(material.code for material in sheet.materials))


def counter_post(plan: Procedure) -> str:
    """The post that takes a matter in: it sees the whole form that it must check."""
    return plan.step(plan.start).post


def shown_to(sheet: ServiceItem, case: Case, actor: Actor) -> Given:
    """What the actor is shown of a matter: everything for the applicant and the post that takes it in."""
    if actor.post in OWN or actor.post == counter_post(case.plan):
        everything = frozenset(question.code for question in sheet.questions())
        return Given(everything, frozenset(material.code for material in sheet.materials))
    return passed_to(sheet, actor.post)
