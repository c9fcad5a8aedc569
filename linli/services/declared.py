"""The guide of a service item (办事指南) as a sheet, with its form; and the checks before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.cases.procedures import Limit
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.roles import all_roles
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

KIND = "items"
Surety = Literal["V", "M", "E"]
FieldKind = Literal["text", "number", "date", "choice", "phone", "identity", "money", "file", "person"]
Known = Literal["", "name", "identity", "phone", "address", "birth_day", "household_size"]
Kind = Literal["benefit", "confirmation", "public_service", "licence_help", "self_governance", "convenience"]
SEALED: frozenset[str] = frozenset({"phone", "identity"})


@dataclass(frozen=True)
class Basis:
    """A law or document the item rests on, with its article; ``surety``: V verified, M from memory, E estimate."""

    title: str
    surety: Surety
    article: str = ""


@dataclass(frozen=True)
class Condition:
    """A condition as a question that anybody can answer before applying.

    ``asked`` takes the applicant's word; ``age_at_least`` and ``age_below`` compare the known age with a dated rule.
    """

    code: str
    question: Both
    otherwise: Both
    check: Literal["asked", "age_at_least", "age_below"] = "asked"
    wanted: bool = True
    rule: str = ""


@dataclass(frozen=True)
class Material:
    """A paper: who brings it (the applicant, shared data, or a promise instead), and whether it may come later."""

    code: str
    name: Both
    form: Literal["original", "copy", "either"] = "either"
    count: int = 1
    source: Literal["applicant", "shared", "promise"] = "applicant"
    tolerant: bool = False
    help: Both = Both("")


@dataclass(frozen=True)
class Choice:
    """One answer of a closed list."""

    code: str
    name: Both


@dataclass(frozen=True)
class Question:
    """One field of the form. ``purpose`` says why it is asked: what serves no purpose is not asked.

    ``least`` and ``most`` bound a number, or an amount in fen; ``longest`` a text in characters. ``known`` names the fact of
    the register that fills it; ``sealed`` (always for identity and phone) keeps the answer encrypted.
    """

    code: str
    label: Both
    kind: FieldKind
    data_class: Literal["P0", "P1", "P2", "P3"]
    purpose: str
    required: bool = True
    help: Both = Both("")
    choices: tuple[Choice, ...] = ()
    least: int | None = None
    most: int | None = None
    longest: int = 500
    known: Known = ""
    sealed: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether the answer is stored encrypted."""
        return self.sealed or self.kind in SEALED


@dataclass(frozen=True)
class Group:
    """A group of questions: one page or one card of the form."""

    code: str
    title: Both
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Ceiling:
    """Up to which sum (a rule, in fen) a post decides; a post without ceiling does not decide on money."""

    post: str
    rule: str


@dataclass(frozen=True)
class Tier:
    """An amount (a rule, in fen) that follows from an age (a rule, in years)."""

    from_age: str
    amount: str


@dataclass(frozen=True)
class Shared:
    """How a grant is published: catalogue item, and the answer whose choice is the reason class."""

    item: str
    reason_from: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ListedProof:
    """A proof the committee may issue, about facts that it can know."""

    code: str
    name: Both
    text: Both


@dataclass(frozen=True)
class BlockedProof:
    """A proof the committee may not issue, and which department to turn to."""

    code: str
    name: Both
    department: Both


@dataclass(frozen=True)
class ServiceItem:
    """The full record of a service item. Money in fen; ``limit`` is the promised limit, ``statutory`` the law's."""

    code: str
    name: Both
    short: Both
    kind: Kind
    audience: tuple[Literal["person", "organisation", "paired_unit"], ...]
    basis: tuple[Basis, ...]
    groups: tuple[Group, ...]
    handling_body: Both
    deciding_body: Both
    community_part: Literal["accept", "help", "agent", "verify", "publish", "decide"]
    flow: Literal["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"]
    procedure: str
    result: Both
    consult_phone: str
    complaint_phone: str
    source: str
    surety: Surety
    data_class: Literal["P1", "P2", "P3"] = "P2"
    conditions: tuple[Condition, ...] = ()
    materials: tuple[Material, ...] = ()
    statutory: Limit | None = None
    limit: Limit | None = None
    urgent: Limit | None = None
    on_the_spot: bool = False
    visits: int = 1
    home_visit: bool = False
    channels: tuple[Literal["portal", "counter", "phone", "home"], ...] = ("portal", "counter")
    fee_cents: int = 0
    delivery: tuple[Literal["online", "counter", "post", "home", "account"], ...] = ("counter",)
    agent_service: bool = True
    door_to_door: bool = False
    cross_area: bool = False
    review_route: Both = Both("")
    ceilings: tuple[Ceiling, ...] = ()
    tiers: tuple[Tier, ...] = ()
    shared: Shared | None = None
    listed: tuple[ListedProof, ...] = ()
    blocked: tuple[BlockedProof, ...] = ()
    order: int = 100
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def questions(self) -> Iterator[Question]:
        """Every question of the form, in order."""
        for group in self.groups:
            yield from group.questions

    def material(self, code: str) -> Material:
        """The material of a code. Raises ``Said('services.unknown_material')``."""
        for material in self.materials:
            if material.code == code:
                return material
        raise Said("services.unknown_material", material=code, item=self.name)


SCHEMA = ServiceItem


def faults(sheet: ServiceItem, *, source: str = "") -> list[Said]:
    """Everything wrong with an item sheet: unknown words, doubled codes, choices without words, no way to review."""
    found = [*_unknown(sheet), *_doubles(sheet), *_odd_questions(sheet)]
    if (sheet.ceilings or sheet.tiers) and not sheet.review_route.zh:
        found.append(Said("services.sheet_no_review", place="review_route"))
    for fault in found:
        fault.values["source"] = source
    return found


def _unknown(sheet: ServiceItem) -> list[Said]:
    rules = [ceiling.rule for ceiling in sheet.ceilings]
    rules += [rule for tier in sheet.tiers for rule in (tier.from_age, tier.amount)]
    rules += [condition.rule for condition in sheet.conditions if condition.check != "asked"]
    words = [
        ("rules", rules),
        ("procedures", [sheet.procedure]),
        ("disclosure", [sheet.shared.item] if sheet.shared else []),
    ]
    found = []
    for kind, codes in words:
        known = sheet_paths(kind)
        found += [
            Said("services.sheet_unknown_word", place=kind, word=code) for code in codes if code not in known
        ]
    return found + [
        Said("services.sheet_unknown_word", place="ceilings", word=ceiling.post)
        for ceiling in sheet.ceilings
        if ceiling.post not in all_roles()
    ]


def _doubles(sheet: ServiceItem) -> list[Said]:
    found = []
    for place, codes in (
        ("groups", [question.code for question in sheet.questions()]),
        ("materials", [material.code for material in sheet.materials]),
        ("conditions", [condition.code for condition in sheet.conditions]),
        ("listed", [proof.code for proof in sheet.listed] + [proof.code for proof in sheet.blocked]),
    ):
        found += [
            Said("services.sheet_double", place=place, word=code)
            for code in sorted({c for c in codes if codes.count(c) > 1})
        ]
    return found


def _odd_questions(sheet: ServiceItem) -> list[Said]:
    materials = {material.code for material in sheet.materials}
    found = []
    for question in sheet.questions():
        if (question.kind == "choice") != bool(question.choices):
            found.append(Said("services.sheet_choices", place=question.code))
        if question.kind == "file" and question.code not in materials:
            found.append(Said("services.sheet_unknown_word", place="materials", word=question.code))
        if not question.purpose.strip():
            found.append(Said("services.sheet_no_purpose", place=question.code))
    return found


def title(sheet: ServiceItem) -> Both:
    """The title an edition is listed under."""
    return sheet.name


def validity(sheet: ServiceItem) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def item_of(edition: Edition) -> ServiceItem:
    """The item of an edition, parsed once a process."""
    return parsed(edition, ServiceItem)
