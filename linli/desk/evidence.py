"""A reading and the rows behind it, as far as the viewer may open them; and the catalogue of measures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.desk import access, fiscal, frame, scoring, words
from linli.desk.access import DeskRequest, actor
from linli.evaluation.catalogue import CATALOGUE
from linli.evaluation.evidencing import MASKED, Behind, Listed, rows_behind, rows_of
from linli.evaluation.models import Reading
from linli.evaluation.readings import KIND, Change, difference
from linli.evaluation.taking import Span, counting_of
from linli.ground.measuring import Measure
from linli.ground.money import yuan
from linli.ground.said import Said
from linli.look.templatetags.linli import both
from linli.people.actors import Actor
from linli.places.models import Region
from linli.trail.models import LedgerEntry

KINDS = {
    "measured": gettext_lazy("从办事记录数出来的"),
    "surveyed": gettext_lazy("问卷调查得来的"),
    "attested": gettext_lazy("由人填报、附佐证的"),
    "derived": gettext_lazy("由别的读数算出来的"),
}
COUNTINGS = {
    "share": gettext_lazy("占比"),
    "ratio": gettext_lazy("金额之比"),
    "count": gettext_lazy("计数"),
    "sum": gettext_lazy("合计"),
    "mean": gettext_lazy("平均"),
    "median": gettext_lazy("中位数"),
    "distinct": gettext_lazy("不重复计数"),
    "rate": gettext_lazy("每千人（百户）"),
}
ROOMS = {
    "services": gettext_lazy("办事"),
    "grievances": gettext_lazy("诉求"),
    "disclosure": gettext_lazy("公开"),
    "projects": gettext_lazy("项目资金"),
}


@dataclass(frozen=True)
class Line:
    """One row behind a figure as the page shows it; ``url`` only where the viewer may open it."""

    key: str
    day: Any
    part: str
    is_part: bool
    value: str
    is_masked: bool
    url: str


def formula(row: Reading) -> str:
    """How the value comes from its counts, as one line."""
    value = scoring.number(row.exact, row.unit, 4)
    if row.counting == "ratio" and row.part is not None:
        return f"{yuan(row.part)} ÷ {yuan(row.whole or 0)} × 100 = {value}"
    shapes = {
        "share": f"{row.part:,} ÷ {row.whole:,} × 100 = {value}" if row.whole else "",
        "count": _("数出 %(part)s 条") % {"part": f"{row.part or 0:,}"},
        "sum": _("%(part)s 条加起来 = %(value)s") % {"part": f"{row.part or 0:,}", "value": value},
        "mean": f"{row.total:,} ÷ {row.part:,} = {value}" if row.part and row.total is not None else "",
        "median": _("%(part)s 条从小到大排，取正中 = %(value)s")
        % {"part": f"{row.part or 0:,}", "value": value},
        "distinct": _("%(part)s 条里不重复的 = %(value)s") % {"part": f"{row.part or 0:,}", "value": value},
        "rate": f"{row.part:,} ÷ {row.base:,} = {value}" if row.base and row.part is not None else "",
    }
    return shapes.get(row.counting, "") or value or _("没有记录，就没有数；没有数不是零。")


def reading(request: DeskRequest, key: str) -> HttpResponse:
    """A reading: definition, formula, counts, digest, ledger place, what changed since, and the rows behind it."""
    found, by = fiscal.reading(request, key), actor(request)
    measure = CATALOGUE.get(found.word) if found.kind == "measured" else None
    after = request.GET.get("after", "")
    try:
        behind = _behind(found, measure, by, after)
    except Said:
        raise Http404 from None
    lines = _lines(behind.rows, measure, request) if behind and measure else _own_rows(found, request)
    before = _before(found)
    entry = LedgerEntry.objects.filter(kind=KIND, row_key=key).first()
    page = {
        "title": both(found.about["title"]) or found.word,
        "definition": both(found.about["definition"]),
        "source": found.about["source"],
        "formula": formula(found),
        "value": scoring.number(found.exact, found.unit) or "—",
        "kind": str(KINDS[found.kind]),
        "facts": facts(found),
        "ledger": entry,
        "before": before,
        "change": _change(difference(before, found), by, measure) if before else None,
        "behind": behind,
        "lines": lines,
        "is_hidden": bool(measure) and behind is not None and not behind.rows and behind.whole > 0,
        "drift": 0 if behind is None else behind.whole - found.evidence.count,
        "older": f"?after={behind.next}" if behind and behind.next else "",
        "first": reverse("desk:reading", args=[key]) if after else "",
        "has_value": any(line.value for line in lines),
        "companion": _companion(measure),
        "guard": both(measure.guard) if measure else "",
        "measures": reverse("desk:measures"),
    }
    return frame.draw(request, "evaluation/reading.html", page, current="evaluation")


def facts(found: Reading) -> list[tuple[str, object]]:
    """What identifies a reading: span, place, counts, editions, digest, who took it when."""
    place = Region.objects.filter(code=found.region).values_list("name", flat=True).first()
    counts = (
        f"{found.part:,} / {found.whole:,}" if found.whole is not None and found.part is not None else "—"
    )
    about: list[tuple[str, object]] = [
        (_("地方"), place or found.region),
        (_("期间"), f"{found.first_on} — {found.last_on}"),
        (_("计入 / 全部"), counts),
        (_("依据条数"), f"{found.evidence_count:,}"),
        (_("取数时间"), found.taken_at),
        (_("谁取的"), words.post(found.post)),
        (_("口径版次"), found.edition or "—"),
        (_("为哪个指标体系"), found.rule_edition or "—"),
        (_("程序版本"), found.code_version),
    ]
    survey = found.about.get("survey")
    if survey:
        margin = scoring.number(Fraction(found.margin or 0), found.unit)
        about += [(_("有效答卷"), survey["answers"]), (_("误差"), f"±{margin}（{survey['confidence']}）"),
                  (_("怎么算的"), survey["formula"]), (_("怎么加权"), survey["weighting"])]  # fmt: skip
    return [*about, (_("摘要"), f"{found.algorithm} {found.evidence_digest}")]


def _behind(found: Reading, measure: Measure | None, by: Actor, after: str) -> Behind | None:
    if measure is None:
        return None
    span = Span(found.first_on, found.last_on)
    return rows_behind(measure, span=span, region=found.region, actor=by, after=after)


def _lines(rows: tuple[Listed, ...], measure: Measure, request: DeskRequest) -> list[Line]:
    """Rows with a link where the viewer may open what lies behind; one statement for all of them."""
    keys = {row.key for row in rows if not row.is_masked}
    open_cases = set(
        access.cases(request)
        .filter(number__in={key.split("/")[0] for key in keys})
        .values_list("number", flat=True)
    )
    by = actor(request)
    is_amount = counting_of(measure) == "ratio"
    return [
        Line(
            row.key if not row.is_masked else MASKED,
            row.day,
            yuan(row.part) if is_amount else _("计入") if row.part else _("没计入"),
            bool(row.part),
            ""
            if row.value is None
            else yuan(int(str(row.value)))
            if measure.unit in ("分", "%")
            else str(row.value),
            row.is_masked,
            "" if row.is_masked else link(measure, row.key, open_cases, by),
        )
        for row in rows
    ]


def link(measure: Measure, key: str, open_cases: set[str], by: Actor) -> str:
    """The page of a row: its voucher, its project, its publication or its case; empty where there is none to open."""
    if measure.row_kind == "projects.expenditure" and by.may("projects.read"):
        number, _dash, entry = key.rpartition("-")
        return reverse("desk:voucher", args=[number, int(entry)]) if entry.isdigit() else ""
    head = key.split("/")[0]
    if measure.row_kind.startswith("projects.") and by.may("projects.read"):
        return reverse("desk:project", args=[head])
    if measure.row_kind.startswith("disclosure.publication"):
        try:
            return reverse("desk:publication", args=[head])
        except NoReverseMatch:
            return ""
    return reverse("desk:case", args=[head]) if head in open_cases else ""


def _own_rows(found: Reading, request: DeskRequest) -> list[Line]:
    """The papers of a typed value, or the readings that a derived one is worked out from."""
    rows = rows_of(found.evidence)
    if found.kind == "derived":
        return [
            Line(
                row.key,
                row.day,
                _("有据") if row.part else _("没有依据"),
                bool(row.part),
                "",
                False,
                reverse("desk:reading", args=[row.key]),
            )
            for row in rows
        ]
    return [
        Line(row.key.partition(":")[2] or row.key, row.day, _("算证明") if row.part else _("不算：不在评价期"), bool(row.part),
             str(row.value or ""), False, "")
        for row in rows
    ]  # fmt: skip


def _before(found: Reading) -> Reading | None:
    """The earlier reading of the same thing, place and span."""
    rows = Reading.objects.of_span(found.word, found.region, found.first_on, found.last_on)
    return rows.filter(pk__lt=found.pk).select_related("evidence").first()


def _change(change: Change, by: Actor, measure: Measure | None) -> dict[str, Any]:
    """What came, went or changed; the keys themselves only for who may see such rows."""
    reach = by.sees(measure.data_class) if measure else "all"
    is_open = reach in access.WIDE

    def told(keys: tuple[str, ...]) -> dict[str, Any]:
        return {"count": len(keys), "keys": keys[:20] if is_open else ()}

    return {
        "before": scoring.number(None if change.before is None else Fraction(change.before)) or "—",
        "after": scoring.number(None if change.after is None else Fraction(change.after)) or "—",
        "came": told(change.came), "went": told(change.went), "changed": told(change.changed),
        "is_same": not (change.came or change.went or change.changed),
    }  # fmt: skip


def _companion(measure: Measure | None) -> dict[str, str] | None:
    other = CATALOGUE.get(measure.companion) if measure and measure.companion else None
    return {"title": both(other.title), "url": f"{reverse('desk:measures')}#{other.word}"} if other else None


def measures(request: DeskRequest) -> HttpResponse:
    """The catalogue: what is counted, out of what, from where, and what would inflate it."""
    access.require(request, "evaluation.read", "statistics.read")
    query = request.GET.get("q", "").strip()
    groups: dict[str, list[dict[str, Any]]] = {}
    for word, measure in CATALOGUE.items():
        if query and not any(
            query in text for text in (measure.title.zh, measure.title.en, measure.definition.zh, word)
        ):
            continue
        groups.setdefault(word.partition(".")[0], []).append(_entry(measure))
    shown = {
        "groups": [{"title": str(ROOMS.get(room, room)), "rows": rows} for room, rows in groups.items()],
        "query": query,
        "count": len(CATALOGUE),
    }
    return frame.draw(request, "evaluation/measures.html", shown, current="evaluation")


def _entry(measure: Measure) -> dict[str, Any]:
    directions = {"higher": _("越高越好"), "lower": _("越低越好"), "neither": _("不分高低")}
    return {
        "word": measure.word, "title": both(measure.title), "definition": both(measure.definition), "unit": measure.unit,
        "source": measure.source, "counting": str(COUNTINGS[counting_of(measure)]), "direction": directions[measure.direction],
        "guard": both(measure.guard), "companion": _companion(measure), "data_class": measure.data_class,
        "class_word": str(words.CLASSES[measure.data_class]), "edition": measure.edition,
    }  # fmt: skip
