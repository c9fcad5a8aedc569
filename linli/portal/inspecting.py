"""Looking at a repair that is reported as done: accepted, or sent back to be done again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.cases.moving import MoveWords, advance
from linli.ground.said import Said
from linli.ground.wording import say
from linli.look.templatetags.wording import lang
from linli.portal import access
from linli.portal.moment import now
from linli.portal.saying import page

MOVES = {"accept": "accept_work", "reject": "reject_work"}


@page("POST", personal=True)
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """Accept the work, or say what is wrong with it; whoever filed the repair decides, not the one who did it."""
    found = access.case(request, number)
    move = MOVES.get(request.POST.get("verdict", ""), MOVES["accept"])
    said = MoveWords(request.POST.get("words", "").strip()[:300])
    try:
        advance(found, move, by=access.actor(request), at=now(request), words=said)
    except Said as fault:
        messages.error(request, say(fault, lang()))
    else:
        messages.success(
            request, _("验收好了，谢谢。") if move == MOVES["accept"] else _("已经告诉物业返工。")
        )
    return redirect("portal:case", number)
