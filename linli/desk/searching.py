"""Search over matters, residents, papers and items by words, pinyin, initials, number, address.

What was typed never stands in an address: it may be personal. Every group is one statement that asks the index and
the rights together; a whole number leads straight to its matter, then the newest come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import Case, CasePaper
from linli.finding import terms
from linli.finding.searching import matching_keys
from linli.ground import codes
from linli.people.actors import Actor
from linli.people.models import Person
from linli.people.sealing import normalised, seal, unseal
from linli.rulebook.publishing import editions
from linli.services.declared import KIND, item_of
from linli.services.findable import texts_of_item
from linli.staff import access, case_rows, frame, residents
from linli.staff.access import DeskRequest
from linli.staff.addresses import address_of
from linli.staff.saying import lang

ASKED = "desk_search"
PAGE = 20
FEW = 6
GROUPS = ("cases", "persons", "papers", "items")


@dataclass(frozen=True)
class Group:
    """What was found of one kind; ``older`` leads on, ``all`` to this kind alone."""

    code: str
    title: str
    rows: list[Any]
    older: str = ""
    every: str = ""


@dataclass(frozen=True)
class Paper:
    """A document in a matter the reader may open."""

    title: str
    matter: str
    on: object
    url: str


@dataclass(frozen=True)
class Item:
    """An item of the catalogue."""

    name: str
    url: str


def asked(request: DeskRequest) -> str:
    """What was last typed, out of the sealed session."""
    return unseal(request.session.get(ASKED, ""))


def search(request: DeskRequest) -> HttpResponse:
    """Keep what was typed (POST, then back by GET); a case's whole number leads straight to it."""
    if request.method == "POST":
        text = request.POST.get("q", "").strip()[:60]
        request.session[ASKED] = seal(text)
        exact = access.cases(request).filter(number=text.upper()).values_list("number", flat=True).first()
        return HttpResponseRedirect(reverse("desk:case", args=[exact]) if exact else reverse("desk:search"))
    text = asked(request)
    only = request.GET.get("kind", "")
    wanted = [only] if only in GROUPS else list(GROUPS)
    size = PAGE if only in GROUPS else FEW
    groups = [_GROUPS[code](request, text, size) for code in wanted] if text else []
    page = {"text": text, "groups": [one for one in groups if one and one.rows], "only": only}
    return frame.draw(request, "desk/search.html", page, current="search")


def _paged(
    request: DeskRequest, code: str, rows: QuerySet[Any], size: int, key: str = "number"
) -> tuple[list[Any], str, str]:
    """The newest rows, or those after the one named in the address; the addresses of the rest."""
    after = request.GET.get("after", "")
    if after and request.GET.get("kind") == code:
        rows = rows.filter(pk__lt=rows.model.objects.filter(**{key: after}).values("pk")[:1])
    found = list(rows.order_by("-id")[: size + 1])
    more, found = len(found) > size, found[:size]
    here = reverse("desk:search")
    older = f"{here}?kind={code}&after={getattr(found[-1], key.replace('__', '_'))}" if more else ""
    return (
        (found, older, "")
        if request.GET.get("kind") == code
        else (found, "", f"{here}?kind={code}" if more else "")
    )


def _cases(request: DeskRequest, text: str, size: int) -> Group:
    by = access.actor(request)
    rows = found_cases(by, text).select_related("person", "region")
    found, older, every = _paged(request, "cases", rows, size)
    return Group("cases", _("办件"), list(case_rows.drawn(found, by)), older, every)


def _persons(request: DeskRequest, text: str, size: int) -> Group | None:
    if not access.actor(request).may("people.read"):
        return None
    found, older, every = _paged(request, "persons", residents.found_persons(request, text), size, "key")
    return Group("persons", _("居民"), [residents.line(one) for one in found], older, every)


def _papers(request: DeskRequest, text: str, size: int) -> Group:
    """Papers by title, in matters the actor may open; an erased one is found by nothing."""
    by = access.actor(request)
    papers = CasePaper.objects.filter(
        document__in=matching_keys("records.document", text, inside=residents.inside(by))
    )
    # What was found is narrowed by the rights, and not all that may be seen by what was found: that grows with the town.
    rows = papers.filter(case__in=Case.objects.visible_to(by).filter(pk__in=papers.values("case")))
    rows = rows.select_related("document", "case")
    after = request.GET.get("after", "")
    if after and request.GET.get("kind") == "papers":
        rows = rows.filter(
            pk__lt=CasePaper.objects.filter(document__key=after).order_by("-pk").values("pk")[:1]
        )
    found = list(rows.order_by("-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    here = reverse("desk:search")
    alone = request.GET.get("kind") == "papers"
    older = f"{here}?kind=papers&after={found[-1].document.key}" if more and alone else ""
    every = f"{here}?kind=papers" if more and not alone else ""
    return Group("papers", _("材料"), [_paper(one) for one in found], older, every)


def _paper(one: CasePaper) -> Paper:
    url = reverse("desk:paper", args=[one.case.number, one.document.key])
    return Paper(one.document.title, f"{one.case.title} {one.case.number}", one.at, url)


def _items(request: DeskRequest, text: str, size: int) -> Group:
    question = terms.question(text)
    sheets = [item_of(one) for one in editions(KIND, request.today)]
    found = [sheet for sheet in sheets if terms.answers(question, texts_of_item(sheet))]
    rows = [Item(str(one.name.text(lang())), address_of("sheet", KIND, one.code)) for one in found]
    every = f"{reverse('desk:search')}?kind=items" if len(rows) > size else ""
    return Group("items", _("事项"), rows[: 60 if request.GET.get("kind") == "items" else size], "", every)


_GROUPS = {"cases": _cases, "persons": _persons, "papers": _papers, "items": _items}


def found_cases(by: Actor, text: str) -> QuerySet[Case]:
    """Visible cases that answer the text by the index, or whose person has this phone or ID number."""
    number, rows = normalised(text), Case.objects.visible_to(by)
    if residents.is_phone(number):
        return access.of_a_person(by, rows).filter(person__in=Person.objects.with_phone(number))
    if codes.is_identity(number):
        return access.of_a_person(by, rows).filter(person__in=Person.objects.with_identity(number))
    return rows.filter(pk__in=matching_keys("cases.case", text, inside=residents.inside(by)))
