"""The goals of the sample project: first as wishes, which the linter refuses, then with numbers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from linli.evaluation import goals
from linli.evaluation.linting import DeclaredGoal, GoalKind
from linli.evaluation.models import GoalDeclaration
from linli.evaluation.taking import Span
from linli.people.actors import Actor
from linli.projects.models import Project
from linli.rulebook.models import Edition
from linli.rulebook.publishing import edition

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
VAGUE = (
    DeclaredGoal(
        code="output-quantity", text="完善社区服务体系，丰富社区文化生活", kind="output", weight=Decimal(60)
    ),
    DeclaredGoal(
        code="benefit-resolved", text="提升社区社会治理和服务能力", kind="benefit", weight=Decimal(40)
    ),
)


def _goal(
    code: str,
    text: str,
    kind: GoalKind,
    value: str,
    unit: str,
    weight: str,
    source: str,
    actual: str | None,
    plan: str = "",
) -> DeclaredGoal:
    return DeclaredGoal(
        code=code, text=text, kind=kind, weight=Decimal(weight), value=Decimal(value), unit=unit, evidence_source=source,
        last_actual=None if actual is None else Decimal(actual), survey_plan=plan,
    )  # fmt: skip


EXACT = (
    _goal("execution", "预算执行率", "cost", "98", "%", "10", "支出凭证", None),
    _goal("output-quantity", "计划产出完成率", "output", "100", "%", "15", "验收报告", None),
    _goal("output-quality", "产出质量达标率", "output", "100", "%", "15", "验收报告", None),
    _goal("output-time", "服务事项按时办结率", "output", "95", "%", "10", "办件流转记录", "88"),
    _goal("output-cost", "项目节约率", "cost", "0", "%", "10", "支出明细", None),
    _goal("benefit-resolved", "诉求解决率", "benefit", "90", "%", "15", "诉求办理和回访记录", "81"),
    _goal("benefit-open", "居务公开按时率", "benefit", "100", "%", "8", "公开记录", "92"),
    _goal("benefit-lasting", "“五个一”要素具备项数", "benefit", "5", "项", "7", "制度文件和现场照片", "3"),
    _goal(
        "satisfaction",
        "居民满意度",
        "satisfaction",
        "90",
        "%",
        "10",
        "问卷分析报告",
        "84",
        "12月按楼栋分层抽取200户入户问卷",
    ),
)


def frame(on: date) -> Edition:
    """The frame of self-evaluations in force."""
    return edition("frames", "self", on)


def declare_vague(project: Project, by: Actor, at: datetime) -> GoalDeclaration:
    """Wishes without numbers."""
    return goals.declare(project=project, frame=frame(at.date()), span=YEAR, goals=VAGUE, by=by, at=at)


def declare_exact(project: Project, by: Actor, at: datetime, year: int) -> GoalDeclaration:
    """Nine indicators with value, unit and source."""
    span = Span(date(year, 1, 1), date(year, 12, 31))
    return goals.declare(project=project, frame=frame(at.date()), span=span, goals=EXACT, by=by, at=at)


def newest(project: Project) -> GoalDeclaration:
    """The declaration that stands."""
    found = GoalDeclaration.objects.filter(project=project.case.number).order_by("-id").first()
    assert found is not None
    return found


def approve_newest(project: Project, by: Actor, at: datetime) -> None:
    """Approve it."""
    goals.approve(declaration=newest(project), project=project, by=by, at=at, opinion="指标明确，同意。")
