"""Everything a report is composed from, fetched once: the evaluation, its scores, the project, its money and papers.

What comes out is plain; nothing here can query any more. ``sources`` says of every figure what it stands on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from linli.cases.models import Passage
from linli.cases.procedures import procedure_of
from linli.evaluation.models import Actual, Claim, Evaluation, Mark, Reading, Score
from linli.evaluation.recounting import decimal_text
from linli.evaluation.scores import goals_of
from linli.ground.money import yuan
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.roles import role
from linli.projects.accounts import MoneyTable, money_of
from linli.projects.models import Expenditure, Project
from linli.records.models import Evidence


@dataclass(frozen=True)
class Source:
    """What a figure stands on: what it is, its span, how much evidence, and the digest over it."""

    title: Both
    value: str
    span: str
    evidence: int | None = None
    digest: str = ""


@dataclass(frozen=True)
class Read:
    """A reading as a report prints it. ``value`` is decimal text; ``counts`` the part and the whole behind it."""

    ref: str
    kind: str
    value: str
    unit: str
    counts: tuple[int | None, int | None]
    evidence: int
    taken_on: date
    margin: str = ""
    answers: int = 0


@dataclass(frozen=True)
class Point:
    """A node of the frame with what was asked, what was claimed and what is proven. Points in hundredths."""

    code: str
    title: Both
    depth: int
    weight: int
    claimed: int
    proven: int
    without: int
    low: int
    high: int
    gap: str = ""
    asked: Mapping[str, Any] | None = None
    target: str = ""
    read: Read | None = None
    reason: str = ""
    is_leaf: bool = True


@dataclass(frozen=True)
class Step:
    """One passage of the project's course, or one that a report states (then without a day)."""

    on: date | None
    done: Both
    post: Both
    source: str = ""


@dataclass(frozen=True)
class Stated:
    """Something a report says of the project; ``refs`` are its numbers in the list of facts."""

    layer: str
    kind: str
    point: str
    text: Both
    refs: str
    points: int | None = None
    of: int | None = None
    cents: int | None = None


@dataclass(frozen=True)
class Find:
    """A practice, problem or advice; ``answers`` is the place of the problem in the list of problems, from 1."""

    kind: str
    text: str
    answers: int = 0


@dataclass(frozen=True)
class Spent:
    """One spending entry as a table shows it: never the payee."""

    on: date
    line: str
    cents: int
    key: str
    has_voucher: bool


@dataclass(frozen=True)
class Facts:
    """See the module."""

    evaluation: Evaluation
    project: Project
    score: Score
    money: MoneyTable
    points: tuple[Point, ...]
    course: tuple[Step, ...]
    stated: tuple[Stated, ...]
    finds: tuple[Find, ...]
    spent: tuple[Spent, ...]
    outputs: tuple[Mapping[str, Any], ...]
    papers: Mapping[str, tuple[str, ...]]
    dated: Mapping[str, tuple[tuple[date, str], ...]]
    other_kinds: tuple[str, ...]
    sources: Mapping[str, Source]

    @property
    def is_stated(self) -> bool:
        """Whether the project is only known from a report about the past."""
        return self.project.is_stated

    def has_claim(self, point: Point) -> bool:
        """Whether anything is claimed for a part; a claim above it that was never split says nothing about it."""
        return point.claimed > 0 or not any(ref.startswith("claim:") for ref in self.sources)

    @property
    def leaves(self) -> list[Point]:
        """The indicators and unstated parts."""
        return [point for point in self.points if point.is_leaf]

    @property
    def whole(self) -> Point:
        """The totals of the whole frame."""
        return self.points[0]

    def said(self, kind: str, layer: str = "project") -> list[Stated]:
        """What the report states of a kind."""
        return [one for one in self.stated if (one.kind, one.layer) == (kind, layer)]

    def found(self, kind: str) -> list[Find]:
        """What the evaluation states of a kind."""
        return [one for one in self.finds if one.kind == kind]


def facts_of(evaluation: Evaluation) -> Facts:
    """Fetch everything about an evaluation. Raises ``Said`` where it was never scored or its project is not here."""
    score = Score.objects.filter(evaluation=evaluation).order_by("-id").first()
    if score is None:
        raise Said("reports.not_scored", project=evaluation.project)
    project = (
        Project.objects.select_related("case__region", "programme__policy", "programme__fund")
        .filter(case__number=evaluation.project)
        .first()
    )
    if project is None:
        raise Said("reports.no_project", project=evaluation.project)
    money = money_of(project)
    points = tuple(_points(evaluation, score))
    spent = tuple(_spent(project))
    acceptances = list(project.acceptances.order_by("number"))
    return Facts(
        evaluation=evaluation,
        project=project,
        score=score,
        money=money,
        points=points,
        course=tuple(_course(project)),
        stated=tuple(_stated(project)),
        finds=tuple(_finds(evaluation)),
        spent=spent,
        outputs=tuple(item for row in acceptances[-1:] for item in row.items),
        papers=_papers(project),
        dated={
            "acceptance": tuple((row.on, row.conclusion) for row in acceptances),
            "audit": tuple((row.on, row.opinion) for row in project.audits.order_by("number")),
        },
        other_kinds=_other_kinds(evaluation),
        sources=dict(_sources(evaluation, score, money, points, spent)),
    )  # fmt: skip


def _other_kinds(evaluation: Evaluation) -> tuple[str, ...]:
    """Kinds of the other evaluations of the same project."""
    rows = Evaluation.objects.filter(project=evaluation.project).exclude(pk=evaluation.pk)
    return tuple(sorted(set(rows.values_list("kind", flat=True))))


def _points(evaluation: Evaluation, score: Score) -> Iterator[Point]:
    """The whole, then every part and indicator of the frame in its order."""
    marks = {mark.indicator: mark for mark in Mark.objects.filter(score=score).select_related("reading")}
    goals = goals_of(evaluation.goals)
    left_out = {
        row.indicator: row.reason
        for row in Actual.objects.filter(evaluation=evaluation, reading=None).order_by("id")
    }

    def walk(node: Mapping[str, Any], code: str, depth: int) -> Iterator[Point]:
        total, mark = score.parts.get(code, {}), marks.get(code)
        asked = node.get("indicator")
        yield Point(
            code=code,
            title=_both(node["title"]),
            depth=depth,
            weight=total.get("weight", 0),
            claimed=total.get("claimed", 0),
            proven=total.get("proven", 0),
            without=total.get("without_evidence", 0),
            low=total.get("low", 0),
            high=total.get("high", 0),
            gap=mark.gap if mark else "not_applicable" if code in left_out else "",
            asked=asked,
            target=_target(asked, goals.get(code, {})) if asked else "",
            read=_read(mark.reading) if mark and mark.reading else None,
            reason=left_out.get(code, ""),
            is_leaf=not node.get("parts"),
        )
        for part in node.get("parts", ()):
            yield from walk(part, part["code"], depth + 1)

    yield from walk(evaluation.frame.body, "", 0)


def _target(asked: Mapping[str, Any], goal: Mapping[str, Any]) -> str:
    signs = {">=": "≥", "<=": "≤", "=": "＝"}
    value = goal.get("target") or asked.get("target")
    if value is None:
        return ""
    sign = goal.get("operator") or asked.get("operator", ">=")
    return f"{signs.get(sign, sign)}{decimal_text(Fraction(value))}"


def _read(reading: Reading) -> Read:
    survey = reading.about.get("survey") or {}
    return Read(
        ref=f"reading:{reading.key}",
        kind=reading.kind,
        value=decimal_text(reading.exact) or "",
        unit=reading.unit,
        counts=(reading.part, reading.whole),
        evidence=reading.evidence_count,
        taken_on=reading.taken_on,
        margin="" if reading.margin is None else decimal_text(Fraction(reading.margin)) or "",
        answers=survey.get("answers", 0),
    )


def _course(project: Project) -> Iterator[Step]:
    if project.is_stated:
        for said in project.statements.filter(kind="opinion").order_by("number"):
            yield Step(said.on, _both(said.text), Both(""), said.reference.replace(",", "、"))
        return
    plan = procedure_of(project.case.procedure_id)
    titles = {move.code: move.title for move in plan.moves}
    for row in Passage.objects.filter(case=project.case).order_by("number"):
        yield Step(row.on, titles.get(row.move, Both("建立项目案卷", "File opened")), role(row.post).title)


def _stated(project: Project) -> Iterator[Stated]:
    for row in project.statements.order_by("number"):
        yield Stated(
            row.layer, row.kind, row.point, _both(row.text), row.reference.replace(",", "、"), row.claimed_points, row.of_points,
            row.amount_cents,
        )  # fmt: skip


def _finds(evaluation: Evaluation) -> Iterator[Find]:
    rows = list(evaluation.findings.order_by("id"))
    places = {row.pk: at for at, row in enumerate((r for r in rows if r.kind == "problem"), start=1)}
    for row in rows:
        yield Find(row.kind, row.text, places.get(row.answers_id or 0, 0))


def _spent(project: Project) -> Iterator[Spent]:
    rows = list(
        Expenditure.objects.standing().filter(project=project).select_related("line").order_by("number")
    )
    proven = set(
        Evidence.objects.filter(
            about__in=[row.word for row in rows], kind="voucher", document__erased_at=None
        ).values_list("about", flat=True)
    )
    for row in rows:
        yield Spent(row.on, row.line.title, row.amount_cents, row.key, row.word in proven)


def _papers(project: Project) -> dict[str, tuple[str, ...]]:
    """Kinds of the papers in the project's file, with the digests of their files."""
    found: dict[str, tuple[str, ...]] = {}
    rows = project.case.papers.filter(document__erased_at=None).order_by("id")
    for kind, sha256 in rows.values_list("kind", "document__sha256"):
        found[kind] = (*found.get(kind, ()), sha256)
    return found


def _sources(
    evaluation: Evaluation,
    score: Score,
    money: MoneyTable,
    points: Sequence[Point],
    spent: Sequence[Spent],
) -> Iterator[tuple[str, Source]]:
    days = f"{evaluation.first_on.isoformat()}–{evaluation.last_on.isoformat()}"
    readings = Reading.objects.filter(
        key__in=[point.read.ref.split(":")[1] for point in points if point.read]
    )
    digests = {f"reading:{row.key}": row.evidence_digest for row in readings}
    for point in points:
        if point.read:
            shown = f"{point.read.value}{point.read.unit}"
            yield (
                point.read.ref,
                Source(point.title, shown, days, point.read.evidence, digests[point.read.ref]),
            )
    for name in ("proven", "claimed", "without_evidence", "low", "high"):
        value = points_text(getattr(score, name))
        yield f"score:{name}", Source(Both(name), value, days, None, score.key)
    sources = Counter(row.part for row in Claim.objects.filter(evaluation=evaluation))
    for point in points:
        if point.code in sources:
            part = point.title if point.code else Both("合计", "total")
            title = Both(f"自称：{part.zh}", f"claimed: {part.text('en')}")
            yield f"claim:{point.code}", Source(title, points_text(point.claimed), days, 0)
    vouchers = sum(1 for row in spent if row.has_voucher)
    for name in ("approved", "allocated", "received", "spent", "returned", "balance"):
        cents = getattr(money.total, name)
        if cents is not None:
            count = vouchers if name == "spent" else None
            yield f"money:{name}", Source(Both(name), f"{yuan(cents)}", days, count)


def points_text(hundredths: int) -> str:
    """Points as people write them: 86.5, 100, 0."""
    return decimal_text(Fraction(hundredths, 100)) or "0"


def _both(value: Any) -> Both:
    if isinstance(value, Mapping):
        return Both(str(value.get("zh", "")), str(value.get("en", "")))
    return Both(str(value))
