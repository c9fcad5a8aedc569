"""Refusals become sentences here and nowhere else: at the field where they belong, or on top of the page."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from linli.ground.said import Said
from linli.ground.wording import say
from linli.look.templatetags.wording import lang

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def add(form: BaseForm, fault: Said) -> None:
    """Put a refusal into a form, at its field where the form has one."""
    names = (fault.field, f"paper_{fault.field}")
    form.add_error(next((name for name in names if name in form.fields), None), say(fault, lang()))


@contextmanager
def into(form: BaseForm) -> Iterator[None]:
    """Whatever is refused inside comes back in the form; nothing that was typed is lost."""
    try:
        yield
    except Said as fault:
        add(form, fault)


def came_from(request: HttpRequest) -> str:
    """The page of this site that the reader came from, else the front page."""
    target = urlsplit(request.headers.get("referer", ""))
    own = url_has_allowed_host_and_scheme(target.geturl(), {request.get_host()}, request.is_secure())
    return target.path if own and target.path.startswith("/") else "/"


def page(*methods: str, personal: bool = False) -> Callable[[View[P]], View[P]]:
    """A view of this door: its methods, sign-in where it is ``personal``, refusals as messages, no stored copies."""

    def wrap(view: View[P]) -> View[P]:
        @require_http_methods([*methods, "HEAD"] if "GET" in methods else [*methods])
        @functools.wraps(view)
        def run(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if personal and not request.user.is_authenticated:
                back = request.get_full_path() if request.method in ("GET", "HEAD") else came_from(request)
                return redirect_to_login(back, "/sign-in/")
            try:
                response = view(request, *args, **kwargs)
            except Said as fault:
                response = _refused(request, fault)
            if request.user.is_authenticated:
                patch_cache_control(response, private=True, no_store=True)
            return response

        return run  # type: ignore[return-value]  # wraps() forgets that request stands first

    return wrap


def _refused(request: HttpRequest, fault: Said) -> HttpResponse:
    """A refusal outside any form: reading it is 'not found', changing goes back with the sentence."""
    if request.method in ("GET", "HEAD"):
        raise Http404 from fault
    messages.error(request, say(fault, lang()))
    return redirect(came_from(request))
