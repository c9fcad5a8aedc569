"""One box for everything: items, public notices, kinds of grievances, one's own cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from linli.cases.models import Case
from linli.disclosure.models import Publication
from linli.finding import terms
from linli.finding.searching import matching_keys
from linli.grievances.intake import class_list
from linli.look.templatetags.linli import both
from linli.portal import access, items, shell
from linli.portal.moment import today
from linli.portal.saying import page
from linli.services.declared import ServiceItem

NUMBER = re.compile(r"[A-Za-z]{1,4}[A-Z0-9]*-\d{4}-[A-Za-z0-9]{3,8}")
MOST = 8


def answers(question: terms.Question, texts: Sequence[str]) -> bool:
    """Whether texts answer a question by the terms of the search index, without a stored row: items are few."""
    found = terms.of_texts(texts)
    return bool(question) and all(
        any(_stands(found, phrase) for phrase in clause) for clause in question.clauses
    )


def _stands(found: Sequence[str], phrase: terms.Phrase) -> bool:
    wanted, size = phrase.terms, len(phrase.terms)
    for at in range(len(found) - size + 1):
        last = found[at + size - 1]
        ends = last.startswith(wanted[-1]) if phrase.is_open else last == wanted[-1]
        if ends and tuple(found[at : at + size - 1]) == tuple(wanted[:-1]):
            return True
    return False


def texts_of(sheet: ServiceItem) -> list[str]:
    """What an item is found by: its names, what it is about, and the papers it asks for."""
    return [
        sheet.name.zh,
        sheet.short.zh,
        sheet.name.en,
        sheet.code.replace("_", " "),
        sheet.result.zh,
        *(m.name.zh for m in sheet.materials),
    ]


@page("GET")
def search(request: HttpRequest, code: str) -> HttpResponse:
    """What answers the words typed; a case number leads straight to one's own case."""
    region = access.community(request, code)
    on = today(request)
    asked = request.GET.get("q", "").strip()[:80]
    if NUMBER.fullmatch(asked):
        return _numbered(request, code, asked.upper())
    question = terms.question(asked)
    found = [items.line(sheet, code) for sheet in items.sheets(on) if answers(question, texts_of(sheet))]
    publications = _publications(asked, region.span, on) if asked else []
    mine = _own(request, asked) if asked else []
    _, classes = class_list(on)
    told = [
        {"title": both(one.title), "examples": both(one.examples),
         "url": reverse("portal:grievance_new", args=[code]) + "?" + urlencode({"text": asked, "class": one.code})}
        for one in classes.suggest(asked)
    ]  # fmt: skip
    return shell.show(
        request, "search.html", region, q=asked, items=found[:MOST], classes=told, publications=publications, mine=mine,
        nothing=bool(asked) and not (found or told or publications or mine),
    )  # fmt: skip


def _numbered(request: HttpRequest, code: str, number: str) -> HttpResponse:
    if (
        request.user.is_authenticated
        and Case.objects.filter(access.own_cases(request), number=number).exists()
    ):
        return redirect("portal:case", number)
    if Publication.objects.filter(number=number, region_id=code).exists():
        return redirect("portal:publication", code, number)
    return redirect(f"{reverse('portal:query')}?{urlencode({'number': number, 'c': code})}")


def _publications(asked: str, span: tuple[str, str], on: date) -> list[dict[str, object]]:
    rows = (
        Publication.objects.within(*span)
        .showing(on)
        .filter(pk__in=matching_keys("disclosure.publication", asked))
    )
    return [
        {
            "title": row.title,
            "on": row.from_on,
            "url": reverse("portal:publication", args=[row.region_id, row.number]),
        }
        for row in rows.order_by("-pk")[:MOST]
    ]


def _own(request: HttpRequest, asked: str) -> list[dict[str, object]]:
    if not request.user.is_authenticated:
        return []
    names = items.titles(today(request))
    rows = Case.objects.filter(access.own_cases(request), pk__in=matching_keys("cases.case", asked))
    return [
        {
            "title": items.title(row, names),
            "number": row.number,
            "url": reverse("portal:case", args=[row.number]),
        }
        for row in rows.order_by("-pk")[:MOST]
    ]
