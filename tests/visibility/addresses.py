"""Every address of the site, from the resolver; what fills it for a thing; and what an answer means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.visibility.places import Corner

SERVICES = (
    "filed", "supplementing", "visiting", "auditing", "paying", "mediation", "handing", "booking", "card", "proof",
)  # fmt: skip
GRIEVANCES = ("told", "handled", "staff", "answered", "reopening", "entered", "secret")
PROJECTS = ("applied", "goals", "review", "project")
CASES = (*SERVICES, *GRIEVANCES)
EVALUATIONS = ("running", "evaluation")
# By the beginning of the address: the kinds of things it is tried with. The first that fits counts.
TRIED = (
    ("desk/cases/<str:number>/", (*CASES, "project")),
    ("cases/<slug:number>/", CASES),
    ("desk/counter/<str:key>/", ("person",)),
    ("desk/people/<str:key>/", ("person",)),
    ("desk/disclosure/<str:number>/", ("publication",)),
    ("desk/objections/<str:key>/", ("publication",)),
    ("desk/programmes/<slug:code>/", ("programme",)),
    ("desk/projects/<slug:number>/gates/", ("gate",)),
    ("desk/projects/<slug:number>/", PROJECTS),
    ("desk/evaluations/<slug:key>/", EVALUATIONS),
    ("desk/readings/<slug:key>/", ("reading",)),
    ("desk/reports/<slug:number>/", ("report",)),
    ("my/notices/<slug:key>/", ("notice",)),
    ("c/<slug:code>/disclosure/<slug:number>/", ("publication",)),
    ("c/<slug:code>/projects/", ("shown",)),
    ("c/<slug:code>/reports/", ("shown",)),
)  # fmt: skip
# What fills the rest of an address, by route and by parameter.
FIXED: dict[str, dict[str, Any]] = {
    "": {"item": "library_card", "order": 1, "year": 2026, "step": "reader", "place": "hall", "form": "xlsx", "digest": "0" * 16},
    "desk:publish": {"code": "assistance_list"}, "desk:sheet": {"kind": "procedures", "code": "grievance"},
    "portal:consent_withdrawal": {"purpose": "services.temporary_assistance"}, "portal:go": {"word": "nothing:0"},
    "desk:proof-refusal": {"item": "community_proof"},
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One address of the site: its name, its pattern, its parameters."""

    name: str
    pattern: str
    parameters: tuple[str, ...]

    @property
    def door(self) -> str:
        return self.name.split(":")[0]

    @property
    def tried(self) -> tuple[str, ...]:
        """Kinds of things this address is tried with; one empty kind where it is about no thing."""
        return next((kinds for begin, kinds in TRIED if self.pattern.startswith(begin)), ("",))

    def url(self, corner: Corner, kind: str) -> str:
        """The address of a thing of a corner."""
        known: dict[str, Any] = {**FIXED[""], **FIXED.get(self.name, {}), **corner.things.get(kind, {})}
        if self.pattern.startswith("c/<slug:code>"):
            known["code"] = corner.code
        return reverse(self.name, kwargs={name: known[name] for name in self.parameters})


def addresses() -> list[Address]:
    """Every address of every door, as the site resolves it."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Any, space: str, begin: str) -> Iterator[Address]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner, begin + str(one.pattern))
        elif isinstance(one, URLPattern):
            parameters = tuple(one.pattern.converters)
            yield Address(f"{space}{one.name}", begin + str(one.pattern), parameters)


def meaning(answer: Any) -> str:
    """``open``: it answered, or led on inside the site; ``closed``: sign-in, 403, 404; ``method``: 405; ``broken``."""
    if answer.status_code == 405:
        return "method"
    if answer.status_code >= 500:
        return "broken"
    if answer.status_code in (403, 404):
        return "closed"
    if answer.status_code in (301, 302) and answer["Location"].startswith("/sign-in/"):
        return "closed"
    return "open"
