"""Signing in and out."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.look.reader import safe_next
from linli.people.models import Account
from linli.people.signing import FAILURES_BEFORE_LOCK, LOCK_MINUTES, find, remember_browser, resident_actor
from linli.places.models import Region
from linli.portal import access, limiting, shell
from linli.portal.forms.signing import SignIn
from linli.portal.moment import now
from linli.portal.saying import page

TRIES_OF_A_SENDER = 40


def _community(request: HttpRequest) -> Region | None:
    """The community of the page somebody came from, so that the sign-in page shows the right phone."""
    given = unquote(request.POST.get("next", "") or request.GET.get("next", ""))
    if given.startswith("/c/") and (code := given[3:15]).isdigit():
        return access.community(request, code)
    return shell.region_for(request)


@page("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page of signing in, and signing in."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _checked(request, form)
        if account is not None:
            return HttpResponseRedirect(_enter(request, account))
    given = request.POST if request.method == "POST" else request.GET
    sample = settings.LINLI_FROZEN_DAY if settings.MODE == "sample" else ""
    return shell.show(
        request,
        "signing/sign_in.html",
        _community(request),
        form=form,
        next=given.get("next", ""),
        sample=sample,
    )


def _checked(request: HttpRequest, form: SignIn) -> Account | None:
    """The account, or the reason in the form. The sentence is the same whether a name exists or not."""
    word, password = form.cleaned_data["login"].strip(), form.cleaned_data["password"]
    too_many = limiting.tries("sign-in", word) >= FAILURES_BEFORE_LOCK
    too_many |= limiting.tries("sender", limiting.sender(request)) >= TRIES_OF_A_SENDER
    known = None if too_many else find(word)
    if too_many or (known is not None and known.is_locked(timezone.now())):
        form.add_error(None, _locked())
        return None
    account = authenticate(request, username=word, password=password)
    if isinstance(account, Account):
        limiting.forget("sign-in", word)
        return account
    limiting.count("sender", limiting.sender(request), LOCK_MINUTES)
    if limiting.count("sign-in", word, LOCK_MINUTES) >= FAILURES_BEFORE_LOCK:
        form.add_error(None, _locked())
    else:
        form.add_error(
            "password",
            _("登录名或密码不对，请再试一次。连错%(times)d次会锁%(minutes)d分钟。")
            % {"times": FAILURES_BEFORE_LOCK, "minutes": LOCK_MINUTES},
        )
    return None


def _locked() -> str:
    return _("试错太多次，为了安全先锁%(minutes)d分钟。忘了密码请带身份证到服务站重设，急事请打电话。") % {
        "minutes": LOCK_MINUTES
    }


def _enter(request: HttpRequest, account: Account) -> str:
    """Open the session under a fresh key, and say where to go."""
    login(request, account, backend="linli.people.signing.SignInBackend")
    key = request.session.session_key or ""
    remember_browser(account=account, session_key=key, by=resident_actor(account), at=now(request))
    if request.POST.get("next"):
        return safe_next(request, request.POST)
    if access.holds_a_post(request):
        return "/desk/"
    region = access.own_community(request)
    return reverse("portal:home", args=[region.code]) if region else "/"


@page("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; nothing of the session stays."""
    region = access.own_community(request)
    logout(request)
    messages.success(request, _("已退出。共用手机请记得关掉页面。"))
    return HttpResponseRedirect(reverse("portal:home", args=[region.code]) if region else "/")
