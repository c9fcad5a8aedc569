"""The guide of a service item (办事指南) as a sheet, with its form; and the checks before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.cases.checking import APPLICANT
from linli.cases.procedures import Limit, Procedure
from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import Both, load_file
from linli.people.roles import all_roles
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed

KIND = "items"
Surety = Literal["V", "M", "E"]
FieldKind = Literal["text", "number", "date", "choice", "phone", "identity", "money", "file", "person"]
Known = Literal[
    "", "name", "identity", "phone", "address", "birth_day", "household_size", "home", "organisation_name", "organisation_code",
]  # fmt: skip
Kind = Literal["benefit", "confirmation", "public_service", "licence_help", "self_governance", "convenience"]
DEPARTMENT = "department"
SENSITIVE = ("P3", "P4")
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
    """A paper: who brings it (the applicant, shared data, or a promise instead), and whether it may come later.

    ``tolerant`` papers may be handed in after acceptance (容缺受理); ``promise`` is the recorded commitment that
    stands for the paper (告知承诺); within ``valid_months`` it is offered again to the same person (0: never).
    """

    code: str
    name: Both
    form: Literal["original", "copy", "either"] = "either"
    count: int = 1
    source: Literal["applicant", "shared", "promise"] = "applicant"
    tolerant: bool = False
    valid_months: int = 0
    promise: Both = Both("")
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
    data_class: Literal["P0", "P1", "P2", "P3", "P4"]
    purpose: Both
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
class Stage:
    """Who does a step of the procedure, and the law's limit for it; the promised one is the procedure's own."""

    step: str
    body: Both
    statutory: Limit | None = None


@dataclass(frozen=True)
class Passing:
    """What an office after the counter is given of the form and the papers, and what for (按办事需要移交).

    ``post`` is a role, or ``department`` for a body outside the platform. Nothing that is not named is shown to it.
    """

    post: str
    purpose: Both
    questions: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


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
    accepting_body: Both = Both("")
    objects: Both = Both("")
    forms: tuple[Both, ...] = ()
    department: Both = Both("")
    stages: tuple[Stage, ...] = ()
    passing: tuple[Passing, ...] = ()
    cycle: Literal["once", "monthly"] = "once"
    yearly_review: bool = False
    announced: str = ""
    data_class: Literal["P1", "P2", "P3", "P4"] = "P2"
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
    found = [*_unknown(sheet), *_doubles(sheet), *_odd_questions(sheet), *_gaps(sheet)]
    if not found:
        found = [*_stages(sheet), *_passing(sheet)]
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
        (
            "disclosure",
            [code for code in (sheet.shared.item if sheet.shared else "", sheet.announced) if code],
        ),
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
        if not question.purpose.zh.strip():
            found.append(Said("services.sheet_no_purpose", place=question.code))
    return found


def _gaps(sheet: ServiceItem) -> list[Said]:
    """What a guide must say (办事指南) and this one does not: who accepts, for whom, how to ask for a review."""
    wanted = {"accepting_body": sheet.accepting_body, "objects": sheet.objects}
    found = [Said("services.sheet_gap", place=name) for name, text in wanted.items() if not text.zh.strip()]
    if not sheet.review_route.zh:
        found.append(Said("services.sheet_no_review", place="review_route"))
    found += [
        Said("services.sheet_promise", place=material.code)
        for material in sheet.materials
        if (material.source == "promise") != bool(material.promise.zh)
    ]
    return found


def _stages(sheet: ServiceItem) -> list[Said]:
    """Stages name steps of the procedure; what is promised never exceeds the law."""
    plan = load_file(sheet_paths("procedures")[sheet.procedure], Procedure)
    promised = {step.code: step.limit for step in plan.steps}
    found = []
    for stage in sheet.stages:
        if stage.step not in promised:
            found.append(Said("services.sheet_unknown_word", place="stages", word=stage.step))
        elif _exceeds(promised[stage.step], stage.statutory):
            found.append(Said("services.sheet_over_law", place=stage.step))
    if _exceeds(sheet.limit, sheet.statutory):
        found.append(Said("services.sheet_over_law", place="limit"))
    return found


def _exceeds(promised: Limit | None, law: Limit | None) -> bool:
    return bool(promised and law and promised.unit == law.unit and promised.days > law.days)


def _passing(sheet: ServiceItem) -> list[Said]:
    """Every office after the counter of an item with sensitive questions is told what it is given."""
    asked = {question.code for question in sheet.questions()}
    papers = {material.code for material in sheet.materials}
    found = []
    for row in sheet.passing:
        words = [word for word in row.questions if word not in asked]
        words += [word for word in row.materials if word not in papers]
        if row.post != DEPARTMENT and row.post not in all_roles():
            words.append(row.post)
        found += [Said("services.sheet_unknown_word", place="passing", word=word) for word in words]
    if any(question.data_class in SENSITIVE for question in sheet.questions()):
        plan = load_file(sheet_paths("procedures")[sheet.procedure], Procedure)
        counter, told = plan.step(plan.start).post, {row.post for row in sheet.passing}
        posts = {step.post for step in plan.steps if not step.final} - {counter, APPLICANT} - told
        found += [Said("services.sheet_not_passed", place="passing", word=post) for post in sorted(posts)]
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
