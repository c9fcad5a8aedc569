"""The whole numbers of an application (bank account, phone, identity): opened with a reason, shown once, noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from linli.services.models import Application
from linli.services.unmasking import numbers_of, unmask_answers
from linli.staff import access
from linli.staff.access import DeskRequest
from linli.staff.saying import lang
from linli.staff.unmasking import UnmaskForm


@dataclass(frozen=True)
class Numbers:
    """What the case page offers: the form with its reasons, and the numbers themselves once they were asked for."""

    asked: str
    form: UnmaskForm = field(default_factory=UnmaskForm)
    whole: Sequence[tuple[str, str]] = ()


def offered(application: Application | None, *, is_open: bool) -> Numbers | None:
    """The form that asks for the numbers, where there are any and the reader's reach covers them."""
    asked = numbers_of(application) if application is not None and is_open else []
    return Numbers("、".join(str(one.label.text(lang())) for one in asked)) if asked else None


def whole_of(request: DeskRequest, application: Application, reason: str) -> list[tuple[str, str]]:
    """The numbers in clear with their labels; asking for them is noted with the reason."""
    by = access.actor(request)
    is_open = access.sees_content(by, access.case(request, application.case.number))
    clear = unmask_answers(application=application, reason=reason, in_hand=is_open, by=by, at=request.now)
    return [(str(one.label.text(lang())), clear[one.code]) for one in numbers_of(application)]
