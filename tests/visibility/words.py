"""Who may read which planted word, and who may hold which rows; with ``allowed`` the declared part of the proof."""

from __future__ import annotations

from dataclasses import dataclass

from tests.visibility.allowed import OPEN_CASES

RELIEF = ("filed", "supplementing", "visiting", "auditing", "paying")
_UNNAMED = ("handled",)


def _of_case(kind: str, more: str) -> str:
    """Whoever may open the case, unless the person asked to stay unnamed to the handlers."""
    return more if kind in _UNNAMED else f"{more} {OPEN_CASES[kind]}"


_KINDS = [kind for kind in OPEN_CASES if kind != "project"]
# The register (P2 of its place) lists everybody by name and address; numbers are masked in it.
NAME = {kind: _of_case(kind, "owner guardian register") for kind in _KINDS} | {
    "secret": "owner register", "objector": "owner guardian register", "payee": "owner register accountant auditor street_officer",
    "guardian": "guardian register", "neighbour": "neighbour register", "carded": "guardian register", "proven": "guardian register",
}  # fmt: skip
ADDRESS = {
    kind: _of_case(kind, "register" + (" owner guardian" if kind in RELIEF else "")) for kind in _KINDS
} | dict.fromkeys(("secret", "objector", "payee", "guardian", "neighbour", "carded", "proven"), "register")
STORY = {
    # P3: told to those who have or had it in hand and may see sensitive content; a grid worker visits without it
    **dict.fromkeys(("filed", "supplementing", "visiting"), "owner guardian clerk"),
    **dict.fromkeys(("auditing", "paying"), "owner guardian clerk street_assistance"),
    **dict.fromkeys(("mediation", "handing"), "owner guardian mediator"), "told": "owner guardian clerk",
    # P2: to who may open the case
    **{kind: f"owner guardian {OPEN_CASES[kind]}" for kind in ("booking", "proof", "handled", "staff", "answered", "reopening", "entered")},
    "objector": "owner register district_civil street_assistance street_officer",
}  # fmt: skip
BANK = {
    **dict.fromkeys(("filed", "supplementing", "visiting"), "clerk"),
    **dict.fromkeys(("auditing", "paying"), "clerk street_assistance"),
}  # fmt: skip
# A whole phone stands in the counter's form, filled in for the resident before the clerk; no page shows an ID number.
WORDS: dict[str, dict[str, str]] = {
    "name": NAME, "address": ADDRESS, "story": STORY, "bank": BANK, "phone": {"paying": "clerk"}, "identity": {},
    "secret": {"": "owner"},
}  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """Who holds rows of a model: where the row's region stands, who holds those of their own and of a foreign place.

    ``only``: the data classes that are looked at, where the rows carry their own.
    """

    at: str
    own: str
    foreign: str = ""
    only: tuple[str, ...] = ()


_CASE_HOLDERS = "owner guardian internal property_manager"
ROWS: dict[str, Rows] = {
    "people.Person": Rows("community_id", "guardian register"),
    "records.Document": Rows("region", "owner guardian neighbour internal accountant supervision_member", only=("P1", "P2", "P3", "P4")),
    "cases.Case": Rows("region_id", _CASE_HOLDERS),
    "services.Application": Rows("case__region_id", "owner guardian place grid_worker street_assistance mediator librarian"),
    "services.Supplement": Rows("case__region_id", "guardian place"),
    "services.Visit": Rows("case__region_id", "owner guardian place grid_worker street_assistance"),
    "services.Grant": Rows("case__region_id", "owner guardian place grid_worker street_assistance"),
    "services.Booking": Rows("case__region_id", "guardian place"),
    "services.Certificate": Rows("case__region_id", "guardian place"),
    "services.LibraryCard": Rows("case__region_id", "guardian place librarian"),
    "grievances.Grievance": Rows("case__region_id", "guardian place property_manager"),
    "disclosure.Publication": Rows("region_id", "everybody", "everybody"),
    "disclosure.Objection": Rows(
        "publication__region_id", "register street_assistance street_officer district_civil"
    ),
    "projects.Project": Rows("case__region_id", "files"),
    "evaluation.Evaluation": Rows("region", "judges"),
    "evaluation.Reading": Rows("region", "judges"),
    "reports.Report": Rows("region", "everybody", "everybody"),
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """How a model with personal fields is reached where its queryset does not ask: through a parent, or why else."""

    parent: str
    why: str


THROUGH: dict[str, Way] = {
    "cases.Passage": Way("case", "the course of a case"),
    "cases.Opinion": Way("passage", "shown to those with the content in reach"),
    "cases.Hold": Way("case", "the clock of a case"),
    "cases.CasePaper": Way("case", "papers of a case"),
    "cases.Rating": Way("case", "what the person said of it"),
    "services.Payment": Way("grant", "payments of a grant"),
    "grievances.Revisit": Way("grievance", "calls back"),
    "projects.Expenditure": Way("project", "vouchers of a project; payees masked by the door"),
    "people.Membership": Way("person", "who lives together, on the person's page"),
    "people.Account": Way("person", "signs in; never listed"),
    "people.SignIn": Way("account", "sessions of an account; never listed"),
    "people.Consent": Way("person", "one's own consents on the privacy page"),
    "people.Household": Way("", "reached by memberships of a person who was asked for"),
    "places.Home": Way("", "reached from the person who lives there"),
    "finding.Terms": Way("", "gives keys only; doors join them to the room's own queryset"),
    "notices.Notice": Way("", "its queryset asks by addressee: for_actor"),
}
