"""Library cards (农家书屋借阅证)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.cases.opening import next_number
from linli.ground.clock import month_later
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.reading import rule
from linli.services.models import Application, LibraryCard
from linli.services.stepping import step
from linli.trail.writing import act, append

ISSUE = "services.cards.issue_card"


@act
def issue_card(
    *, application: Application, by: Actor, at: datetime, guardian_agreed: bool = False
) -> LibraryCard:
    """Issue a card for the years of the rule. Below the age of the rule the guardian must have agreed
    (个人信息保护法 art. 31: under 14). One valid card a person."""
    case = application.case
    if case.person is None:
        raise Said("services.no_applicant")
    day = timezone.localdate(at)
    if LibraryCard.objects.filter(person=case.person, valid_to__gte=day).exists():
        raise Said("services.card_there")
    below = int(rule("services.guardian_below_age", place=case.region_id, on=day).value)
    age = case.person.age(day)
    if age is not None and age < below and not guardian_agreed:
        raise Said("services.guardian_missing", field="guardian_agreed", age=below)
    years = int(rule("services.library_card_years", place=case.region_id, on=day).value)
    card = LibraryCard.objects.create(
        case=case, number=next_number(case.region, day.year), person=case.person, region=case.region,
        guardian_agreed=guardian_agreed, issued_on=day, issued_by=by.actor_word, valid_to=month_later(day, 12 * years),
    )  # fmt: skip
    content = {"case": case.number, "until": card.valid_to.isoformat()}
    append(region=case.region_id, kind="services.library_card", row_key=card.pk, content=content, at=at)
    step(case, by=by, at=at, words=MoveWords(verb=ISSUE))
    return card
