"""Handing an application over to the body that carries it on (调解申请交人民调解委员会)."""

from __future__ import annotations

from datetime import datetime

from linli.cases.moving import MoveWords
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.services.models import Application
from linli.services.stepping import step
from linli.trail.writing import act, note

HAND_OVER = "services.handing.hand_over"


@act
def hand_over(
    *, application: Application, to: str, by: Actor, at: datetime, opinion: str = ""
) -> Application:
    """Close an application by handing it over; ``to`` is the word of what it became (``case:NUMBER``) or of the body
    (``organisation:KEY``). The door opens the sibling's matter in the same transaction."""
    if not to.strip():
        raise Said("services.handed_to_missing", field="to")
    case = application.case
    step(case, by=by, at=at, words=MoveWords(verb=HAND_OVER, opinion=opinion))
    note(
        verb=HAND_OVER, kind="services.application", key=case.number, region=case.region_id, by=by, at=at,
        data_class=case.data_class, facts={"to": to.strip()},
    )  # fmt: skip
    return application
