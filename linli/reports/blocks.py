"""What fills the headings of an outline: one function per block word, from facts to blocks, without any query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from linli.evaluation.claiming import sheet_grades
from linli.evaluation.formulas.scoring import grade_of
from linli.ground.sheets import Both
from linli.reports import tables
from linli.reports.facts import Point, points_text
from linli.reports.speech import Speech, heading
from linli.reports.tree import Block, ChartBlock, Gaps, Line, Paragraph, Run

Writer = Callable[[Speech], list[Block]]


def background(speech: Speech) -> list[Block]:
    """Why the project was set up: the notice, its themes, need and purpose."""
    project = speech.facts.project
    programme = project.programme
    facts = {
        "name": project.name,
        "unit": project.unit_name,
        "programme": speech.known(programme.title if programme else ""),
    }
    notice = programme.policy.title if programme and programme.policy else ""
    first = (
        speech.paragraph("background", notice=notice, **facts)
        if notice
        else speech.paragraph("background_bare", **facts)
    )
    found: list[Block] = [first]
    if project.themes:
        found.append(speech.paragraph("themes", count=len(project.themes)))
        found += speech.listing(project.themes)
    return [
        *found,
        speech.paragraph("need", text=speech.clause(project.need)),
        speech.paragraph("aim", text=speech.clause(project.purpose)),
    ]


def implementation(speech: Speech) -> list[Block]:
    """What was to be done, when, for whom; acceptance and audit with their days."""
    project = speech.facts.project
    return [
        speech.paragraph("content", text=speech.clause(project.content)),
        speech.paragraph(
            "span",
            starts=speech.day(project.starts_on),
            ends=speech.day(project.ends_on),
            people=speech.known("" if project.beneficiaries is None else str(project.beneficiaries)),
        ),
        speech.paragraph("finished", accepted=speech.dated("acceptance"), audited=speech.dated("audit")),
    ]


def money(speech: Speech) -> list[Block]:
    """Source, amounts and the three identities; what a report only says is printed as said."""
    facts, total = speech.facts, speech.facts.money.total
    found: list[Block] = []
    for row in facts.money.rows:
        batch = speech.words("batch", number=row.batch) if row.batch else ""
        found.append(
            speech.paragraph(
                "source",
                fund=speech.text(row.title),
                level=speech.words(f"level.{row.level}"),
                year=speech.known(str(row.year or "")),
                batch=batch,
                amount=speech.money(row.account.approved, "approved"),
            )
        )
    found += tables.money_table(speech)
    if facts.is_stated:
        return [
            *found,
            speech.paragraph("money_stated", allocated=speech.money(total.allocated, "allocated")),
        ]
    identities = {
        name: speech.money(getattr(total, name), name)
        for name in ("approved", "allocated", "received", "spent", "returned", "balance")
    }
    code = "identities_hold" if facts.money.stands else "identities_broken"
    proven = sum(1 for row in facts.spent if row.has_voucher)
    return [
        *found,
        speech.paragraph(code, not_yet=speech.money(total.not_yet, ""), transit=speech.money(total.in_transit, ""), **identities),
        speech.paragraph("vouchers", count=len(facts.spent), proven=proven),
    ]  # fmt: skip


def organisation(speech: Speech) -> list[Block]:
    """The course of the project through the levels."""
    code = "course_stated" if speech.facts.is_stated else "course"
    return [speech.paragraph(code, count=len(speech.facts.course)), *tables.course_table(speech)]


def general_goals(speech: Speech) -> list[Block]:
    """The general goals as declared."""
    goals = speech.facts.project.general_goals
    return speech.listing(goals) or [speech.paragraph("nothing_declared")]


def yearly_goal(speech: Speech) -> list[Block]:
    """The yearly goal, and whether it was ever given numbers."""
    facts = speech.facts
    goal = speech.paragraph("yearly_goal", text=speech.clause(facts.project.yearly_goal))
    if facts.evaluation.goals_id:
        return [goal, speech.paragraph("goals_declared")]
    texts = (*facts.project.general_goals, facts.project.yearly_goal)
    has_number = any(sign.isdigit() for text in texts for sign in text)
    return [goal, speech.paragraph("goals_not_declared" if has_number else "goals_without_numbers")]


def purpose(speech: Speech) -> list[Block]:
    """What the evaluation is for; of a stated project also what its report says."""
    said = [speech.text(one.text) for one in speech.facts.said("method") if one.point == "purposes"]
    return [speech.paragraph("purpose"), *(speech.paragraph("as_stated", text=text) for text in said)]


def scope(speech: Speech) -> list[Block]:
    """Object and span."""
    evaluation = speech.facts.evaluation
    return [
        speech.paragraph(
            "scope",
            name=speech.facts.project.name,
            first=speech.day(evaluation.first_on),
            last=speech.day(evaluation.last_on),
        )
    ]


def plan(speech: Speech) -> list[Block]:
    """How the plan came about: survey beforehand, documents, indicator system."""
    facts = speech.facts
    frame = Both(facts.evaluation.frame.title.get("zh", ""), facts.evaluation.frame.title.get("en", ""))
    found: list[Block] = [
        speech.paragraph("plan_need", text=speech.clause(facts.project.need)),
        speech.paragraph("plan_frame", frame=speech.text(frame), number=facts.evaluation.frame.number, count=len(facts.leaves)),
    ]  # fmt: skip
    return found


def principles(speech: Speech) -> list[Block]:
    """Principles and methods, with the kinds of readings this evaluation really has."""
    kinds = {
        kind: sum(1 for point in speech.facts.leaves if point.read and point.read.kind == kind)
        for kind in ("measured", "attested", "surveyed", "derived")
    }
    said = [speech.text(one.text) for one in speech.facts.said("method") if one.point != "purposes"]
    return [
        speech.paragraph("principles"),
        speech.paragraph("methods", **kinds),
        *(speech.paragraph("as_stated", text=text) for text in said),
    ]


def standards(speech: Speech) -> list[Block]:
    """Where targets come from and how points are given."""
    return [speech.paragraph("standards")]


def process(speech: Speech) -> list[Block]:
    """Data, survey, writing: counts instead of assurances."""
    leaves = speech.facts.leaves
    taken = [point for point in leaves if point.read]
    surveyed = [point for point in taken if point.read and point.read.kind == "surveyed"]
    return [
        speech.paragraph(
            "process_data",
            count=len(leaves),
            taken=len(taken),
            rows=sum(point.read.evidence for point in taken if point.read),
        ),
        speech.paragraph("process_survey" if surveyed else "process_no_survey", count=len(surveyed)),
        speech.paragraph("process_writing", day=speech.day(speech.facts.score.at.date())),
    ]


def limits(speech: Speech) -> list[Block]:
    """Share of the weight with proof, then every gap; ``composing`` fills the list in."""
    leaves = speech.facts.leaves
    proven = sum(point.weight for point in leaves if not point.gap)
    whole = sum(point.weight for point in leaves) or 1
    share = f"{Fraction(100 * proven, whole).limit_denominator(10**6).__float__():.1f}"
    return [
        speech.paragraph("limits", share=share, proven=points_text(proven), whole=points_text(whole)),
        Gaps(()),
    ]


def result(speech: Speech) -> list[Block]:
    """Proven, claimed and unproven points, grade, honest range and how steady the grade is."""
    score, evaluation = speech.facts.score, speech.facts.evaluation
    names = ("proven", "claimed", "without_evidence", "low", "high")
    figures = {name: speech.score(name) for name in names}
    found: list[Block] = [
        speech.paragraph(
            "result",
            kind=speech.words(f"kind.{evaluation.kind}"),
            evaluator=evaluation.evaluator,
            total=points_text(score.total),
            grade=speech.words("grade_of", grade=score.grade) if score.grade else speech.known(""),
            **figures,
        ),
        speech.paragraph("range", low=speech.score("low"), high=speech.score("high")),
    ]
    grades = evaluation_grades(speech)
    if grades[0] != grades[1]:
        found.append(speech.paragraph("grade_open", lowest=grades[0], highest=grades[1]))
    if score.draws and score.held is not None and score.proven:
        share = f"{100 * score.held / score.draws:.0f}"
        found.append(speech.paragraph("steadiness", share=share, draws=score.draws, seed=evaluation.seed))
    return found


def evaluation_grades(speech: Speech) -> tuple[str, str]:
    """The grades at both ends of the honest range."""
    score = speech.facts.score
    grades = sheet_grades(speech.facts.evaluation.frame.body)
    return grade_of(score.low, grades), grade_of(score.high, grades)


def claims(speech: Speech) -> list[Block]:
    """What is claimed beside what is proven, part by part and claim by claim, with a chart."""
    parts = [point for point in speech.facts.points if point.depth == 1]
    chart = ChartBlock(
        "bars",
        speech.words("chart_claims"),
        speech.words("points"),
        tuple(speech.text(point.title) for point in parts),
        (
            Line(speech.words("column.claimed"), tuple(points_text(point.claimed) for point in parts)),
            Line(speech.words("column.proven"), tuple(points_text(point.proven) for point in parts)),
        ),
    )
    return [*tables.claims_table(speech), chart, *tables.statements_table(speech)]


def analysis(speech: Speech) -> list[Block]:
    """Each part of the frame with its points and the table of its indicators."""
    found: list[Block] = []
    points = speech.facts.points[1:]
    tops = [at for at, point in enumerate(points) if point.depth == 1]
    for number, at in enumerate(tops, start=1):
        end = next((later for later in tops if later > at), len(points))
        top, leaves = points[at], [point for point in points[at:end] if point.is_leaf]
        found.append(heading(3, number, speech.text(top.title), speech.lang))
        found.append(_part_sentence(speech, top, leaves))
        found += tables.indicator_rows(speech, leaves)
    return found


def _part_sentence(speech: Speech, top: Point, leaves: list[Point]) -> Paragraph:
    if top.gap == "not_stated":
        return speech.paragraph("part_not_stated", weight=points_text(top.weight))
    return speech.paragraph(
        "part",
        weight=points_text(top.weight),
        proven=points_text(top.proven),
        claimed=points_text(top.claimed),
        count=len(leaves),
        gaps=sum(1 for point in leaves if point.gap),
    )


def cost_benefit(speech: Speech) -> list[Block]:
    """Cost per line, outputs, cost per person; where a number is missing the analysis says that it cannot be made."""
    facts, total = speech.facts, speech.facts.money.total
    if facts.is_stated or not facts.spent:
        return [speech.paragraph("cost_impossible")]
    found: list[Block] = [
        speech.paragraph("cost_total", spent=speech.money(total.spent, "spent"), count=len(facts.spent))
    ]
    people = facts.project.beneficiaries
    if people:
        each = speech.money(total.spent // people, "")
        found.append(speech.paragraph("cost_each", people=people, each=Run(each.text)))
    lines = facts.money.lines
    if lines:
        found.append(
            ChartBlock(
                "bars",
                speech.words("chart_lines"),
                speech.words("yuan"),
                tuple(line.title for line in lines),
                (
                    Line(speech.words("column.budget"), tuple(_yuan(line.amount) for line in lines)),
                    Line(speech.words("column.spent"), tuple(_yuan(line.spent) for line in lines)),
                ),
            )
        )
    return [*found, speech.paragraph("cost_assumptions")]


def _yuan(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _found(speech: Speech, kind: str, stated_kind: str) -> list[Block]:
    facts = speech.facts
    texts: list[str] = []
    for find in facts.found(kind):
        answers = speech.words("answers", number=find.answers) if find.answers else ""
        texts.append(find.text + answers)
    for layer in ("programme", "project"):
        texts += [
            speech.words(
                "stated_line", text=speech.text(one.text), layer=speech.words(f"layer.{layer}"), refs=one.refs
            )
            for one in facts.said(stated_kind, layer)
        ]
    if not texts:
        return [speech.paragraph(f"no_{kind}")]
    return [speech.paragraph(f"lead_{kind}", count=len(texts)), *speech.listing(texts)]


def experience(speech: Speech) -> list[Block]:
    """Good practices: those of the evaluation, then those a report states."""
    return _found(speech, "practice", "experience")


def problems(speech: Speech) -> list[Block]:
    """Problems."""
    return _found(speech, "problem", "problem")


def advice(speech: Speech) -> list[Block]:
    """Advice, each with the problem it answers."""
    return _found(speech, "advice", "measure")


BLOCKS: Mapping[str, Writer] = {
    "advice": advice,
    "analysis": analysis,
    "background": background,
    "base_data": tables.base_data,
    "claims": claims,
    "cost_benefit": cost_benefit,
    "experience": experience,
    "general_goals": general_goals,
    "implementation": implementation,
    "indicator_system": tables.indicator_system,
    "limits": limits,
    "money": money,
    "organisation": organisation,
    "plan": plan,
    "principles": principles,
    "problems": problems,
    "process": process,
    "purpose": purpose,
    "result": result,
    "scope": scope,
    "self_table": tables.self_table,
    "standards": standards,
    "surveyed": tables.surveyed,
    "yearly_goal": yearly_goal,
}
