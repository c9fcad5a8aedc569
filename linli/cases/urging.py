"""Reminding whoever holds a matter (催办), by a colleague or a body above: once a day by the same post."""

from __future__ import annotations

from datetime import datetime, timedelta

from linli.cases.models import FAR, Case
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.notices.models import Notice
from linli.people.actors import Actor
from linli.trail.writing import act, note

TEMPLATE = "case.reminded"
RIGHT = "cases.read"
AGAIN_AFTER = timedelta(hours=20)


def may(case: Case, by: Actor) -> bool:
    """Whether the actor may remind the holder: open, in somebody else's hands, inside the actor's place."""
    is_mine = (case.hold_post, case.hold_place) == (by.post, by.place)
    is_held = bool(case.hold_post) and case.hold_post != "applicant"
    return case.closed_on is None and is_held and not is_mine and by.may(RIGHT) and by.holds(case.region_id)


@act
def remind(*, case: Case, by: Actor, at: datetime) -> Notice:
    """Leave a reminder to the post that holds the matter.

    Raises ``cases.nobody_to_remind`` where nobody else holds it, ``cases.reminded_today`` within twenty hours.
    """
    if not may(case, by):
        raise Said("cases.nobody_to_remind", number=case.number)
    link = f"case:{case.number}"
    to_post = (case.hold_post, case.hold_place)
    before = Notice.objects.filter(to_post=to_post[0], to_place=to_post[1], template=TEMPLATE, link=link)
    if before.filter(left_by=by.actor_word, left_at__gt=at - AGAIN_AFTER).exists():
        raise Said("cases.reminded_today", number=case.number)
    due = None if case.next_due_on == FAR else case.next_due_on
    known = {"number": case.number, "title": case.title, "office": by.role.title.zh}
    values: dict[str, object] = {**known, "due": due, "step": case.at_step.title}
    note(
        verb="cases.remind", kind="cases.case", key=case.number, region=case.region_id, by=by, at=at,
        data_class=case.data_class, facts={"post": case.hold_post},
    )  # fmt: skip
    return leave(template=TEMPLATE, to_post=to_post, values=values, link=link, by=by, at=at)
