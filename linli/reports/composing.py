"""Composing a report: facts in, tree out; kept, issued as files, released. Rendering never asks the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from linli.cases.opening import next_number
from linli.evaluation.models import Evaluation
from linli.ground.canonical import canonical
from linli.ground.digest import digest
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.ground.wording import written
from linli.people.actors import Actor
from linli.places.models import Region
from linli.records.keeping import keep
from linli.reports import excel, pdf, word
from linli.reports.annexes import annexes_of
from linli.reports.blocks import BLOCKS
from linli.reports.declared import Outline, Section, outline_of
from linli.reports.facts import Facts, facts_of
from linli.reports.gaps import gaps_of
from linli.reports.models import IssuedPaper, Release, Report
from linli.reports.speech import Speech, heading
from linli.reports.tree import (
    Annex,
    Block,
    Cell,
    Document,
    Gap,
    Gaps,
    Paragraph,
    Reference,
    Run,
    from_plain,
    to_plain,
)
from linli.rulebook.models import Edition
from linli.trail.writing import act, append, note

RIGHT = "evaluation.evaluate"
KIND = "reports.report"
RENDERERS = {"docx": word.render, "pdf": pdf.render, "xlsx": excel.render}
LANGUAGES = ("zh", "en")
# What renderers print around the text.
WORDS = (
    "table", "chart", "annex", "contents", "number", "gap", "gaps", "refs", "reference", "figure", "figures", "value",
    "evidence", "digest",
)  # fmt: skip


@act
def compose(*, evaluation: Evaluation, outline: Edition, by: Actor, at: datetime) -> Report:
    """Compose a report from an evaluation's last score in every language, number it and keep the trees."""
    by.require(RIGHT, evaluation.region)
    on = timezone.localdate(at)
    facts = facts_of(evaluation)
    number = next_number(Region.objects.get(code=evaluation.region), on.year)
    plan = outline_of(outline)
    trees = {lang: to_plain(composed(facts, plan, lang=lang, number=number, on=on)) for lang in LANGUAGES}
    value = digest(canonical(trees), "sha256")
    report = Report.objects.create(
        number=number,
        project=evaluation.project,
        year=evaluation.last_on.year,
        region=evaluation.region,
        evaluation=evaluation,
        score=facts.score,
        outline=outline,
        trees=trees,
        digest=value,
        composed_at=at,
        composed_on=on,
        actor=by.actor_word,
        post=by.post,
    )
    content = {"number": number, "evaluation": evaluation.key, "score": facts.score.key, "digest": value}
    append(region=report.region, kind=KIND, row_key=number, content=content, at=at)
    _note("reports.compose", report, by, at, {"outline": plan.code, "score": facts.score.key})
    return report


@act
def issue(*, report: Report, by: Actor, at: datetime, form: str = "docx") -> IssuedPaper:
    """Render a report and keep the file by its hash. The same report as the same form again gives the same bytes."""
    by.require(RIGHT, report.region)
    content = rendered(tree_of(report), form)
    document = keep(
        content=content,
        name=f"{report.number}.{form}",
        kind=f"report_{form}",
        region=report.region,
        data_class="P0",
        retain_until=None,
        by=by,
        at=at,
        title=f"{tree_of(report).title} {report.number}".replace("\n", ""),
    )
    paper = IssuedPaper.objects.create(
        report=report, form=form, document=document, sha256=document.sha256, at=at, actor=by.actor_word, post=by.post
    )  # fmt: skip
    facts = {"number": report.number, "form": form, "sha256": document.sha256}
    append(
        region=report.region,
        kind="reports.paper",
        row_key=f"{report.number}.{paper.pk}",
        content=facts,
        at=at,
    )
    _note("reports.issue", report, by, at, {"form": form, "sha256": document.sha256})
    return paper


@act
def release(*, report: Report, publication: str, by: Actor, at: datetime) -> Release:
    """Note that the report was published: ``publication`` is the word of its publication on the board."""
    by.require("disclosure.publish", report.region)
    row, is_new = Release.objects.get_or_create(
        report=report, publication=publication, defaults={"at": at, "actor": by.actor_word, "post": by.post}
    )
    if is_new:
        content = {"number": report.number, "publication": publication, "digest": report.digest}
        append(
            region=report.region,
            kind="reports.release",
            row_key=f"{report.number}/{publication}",
            content=content,
            at=at,
        )
        _note("reports.release", report, by, at, {"publication": publication})
    return row


def tree_of(report: Report, lang: str = "zh") -> Document:
    """The stored tree of a report."""
    tree = from_plain(report.plain(lang))
    assert isinstance(tree, Document)
    return tree


def rendered(document: Document, form: str) -> bytes:
    """A tree as a file of a form. Raises ``Said('reports.unknown_form')``."""
    if form not in RENDERERS:
        raise Said("reports.unknown_form", form=form, known="、".join(RENDERERS))
    return RENDERERS[form](document)


def composed(facts: Facts, outline: Outline, *, on: date, number: str = "", lang: str = "zh") -> Document:
    """The whole tree from facts and an outline. Pure: no query, no clock."""
    speech = Speech(facts, lang)
    gaps = gaps_of(speech, outline)
    blocks = tuple(_filled(block, gaps) for block in _sections(speech, outline.parts, 1))
    annexes = annexes_of(speech, outline)
    references = _references(speech, blocks, annexes)
    index = _index(speech, references, str(len(annexes) + 1))
    joint = "\n" if lang == "zh" else " · "
    return Document(
        title=f"{facts.project.name}{joint}{outline.paper.text(lang)}",
        subtitle=speech.words("subtitle", year=facts.evaluation.last_on.year),
        number=number or speech.words("draft"),
        outline=outline.code,
        lang=lang,
        issuer=facts.evaluation.evaluator,
        made_on=on,
        facts=_cover(speech),
        blocks=blocks,
        annexes=(*annexes, index),
        references=references,
        gaps=gaps,
        words={word: speech.words(f"word.{word}") for word in WORDS} | {"made_on": written(on, lang)},
    )


def _cover(speech: Speech) -> tuple[tuple[str, str], ...]:
    facts = speech.facts
    span = speech.words("cover_span", first=facts.evaluation.first_on, last=facts.evaluation.last_on)
    lines = (
        ("project", facts.project.name),
        ("unit", facts.project.unit_name),
        ("span", span),
        ("kind", speech.words(f"kind.{facts.evaluation.kind}")),
        ("evaluator", facts.evaluation.evaluator),
    )
    return tuple((speech.words(f"cover.{word}"), value) for word, value in lines)


def _sections(speech: Speech, parts: Sequence[Section], level: int) -> Iterator[Block]:
    for at, part in enumerate(parts, start=1):
        yield heading(level, at, speech.text(part.title), speech.lang)
        for word_of_block in part.blocks:
            yield from BLOCKS[word_of_block](speech)
        yield from _sections(speech, part.parts, level + 1)


def _filled(block: Block, gaps: tuple[Gap, ...]) -> Block:
    return replace(block, gaps=gaps) if isinstance(block, Gaps) else block


def _references(
    speech: Speech, blocks: tuple[Block, ...], annexes: tuple[Annex, ...]
) -> tuple[Reference, ...]:
    """Every reference that a figure carries, numbered in the order in which a reader meets them."""
    found: dict[str, Reference] = {}
    for ref in _refs((blocks, tuple(annex.blocks for annex in annexes))):
        source = speech.facts.sources.get(ref)
        if source and ref not in found:
            title = source.title
            if ref.split(":")[0] in ("score", "money"):
                title = Both(speech.words(f"figure.{title.zh}"))
            evidence = "—" if source.evidence is None else str(source.evidence)
            found[ref] = Reference(
                f"R{len(found) + 1}",
                ref,
                speech.text(title),
                source.value,
                source.span,
                evidence,
                source.digest,
            )
    return tuple(found.values())


def _refs(node: object) -> Iterator[str]:
    """Words of all references below a node, in order."""
    if isinstance(node, Run | Cell):
        if node.ref:
            yield node.ref
    elif isinstance(node, tuple):
        for item in node:
            yield from _refs(item)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from _refs(getattr(node, name))


def _index(speech: Speech, references: Sequence[Reference], number: str) -> Annex:
    """The last annex: every numbered figure with its word, evidence and digest."""
    columns = speech.columns(
        ("reference", 8, "center"), ("figure", 28, "left"), ("value", 16, "right"), ("evidence", 10, "right"), ("word", 38, "left")
    )  # fmt: skip
    rows = [
        (
            Cell(known.number, form="anchor"), Cell(known.title), Cell(known.value), Cell(known.evidence),
            Cell(f"{known.ref} {known.digest[:16]}".strip()),
        )
        for known in references
    ]  # fmt: skip
    intro = Paragraph((Run(speech.words("index_intro")),))
    blocks = (intro, *speech.table("references", columns, rows))
    return Annex(number, speech.words("index_title"), "made", blocks)


def _note(verb: str, report: Report, by: Actor, at: datetime, facts: dict[str, object]) -> None:
    note(verb=verb, kind=KIND, key=report.number, region=report.region, by=by, at=at, facts=facts)
