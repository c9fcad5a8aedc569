"""What can be counted about disclosure (evidence of openness)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from linli.disclosure.models import Objection, Publication, TakenDown
from linli.ground.measuring import Measure
from linli.ground.sheets import Both

SOURCE = "城市居民委员会组织法（2025修订）、村民委员会组织法（2025修正）关于居务、村务公开的规定"


def _publications() -> Any:
    return Publication.objects.all()


def _with_duty() -> Any:
    return Publication.objects.filter(duty_on__isnull=False, previous=None)


def _objections() -> Any:
    return Objection.objects.all()


def _taken_down_early() -> Any:
    return TakenDown.objects.filter(is_early=True)


MEASURES: tuple[Measure, ...] = (
    Measure(
        word="disclosure.published",
        title=Both("公开公示件数", "Publications"),
        definition=Both(
            "统计期内开始公示的公开件数，更正件另计一件。",
            "Publications that began in the period; a correction counts as one of its own.",
        ),
        unit="件",
        source=SOURCE,
        kind="count",
        population=_publications,
        on="from_on",
        at="region_id",
        key="number",
        row_kind="disclosure.publication",
        direction="neither",
        guard=Both(
            "把一件拆成多件会虚增，看更正件数和提前撤下件数。",
            "Splitting one matter inflates it; see corrections and early taking down.",
        ),
        companion="disclosure.corrected",
        data_class="P0",
    ),
    Measure(
        word="disclosure.on_time",
        title=Both("按时公开率", "Disclosed in time"),
        definition=Both(
            "统计期内开始公示、目录规定了公开期限的件（不含更正件）中，开始日不晚于期限日的比例。",
            "Of the publications begun in the period whose catalogue item states a duty (corrections left out), the share that began no later than the duty's last day.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_with_duty,
        part=Q(from_on__lte=F("duty_on")),
        on="from_on",
        at="region_id",
        key="number",
        row_kind="disclosure.publication",
        direction="higher",
        guard=Both(
            "事项日期由经办人填写，改晚会显得按时；完全没公开的件不在分母里，看逾期未公开清单。",
            "The event day is entered by staff; what was never shown is not in the whole: see the list of overdue duties.",
        ),
        companion="disclosure.full_time",
        data_class="P0",
    ),
    Measure(
        word="disclosure.full_time",
        title=Both("公示满期率", "Shown for the full time"),
        definition=Both(
            "统计期内开始公示的件中，没有在最低公示天数以前撤下的比例。",
            "Of the publications begun in the period, the share that was not taken down before its minimum days.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_publications,
        part=Q(taken_down=None) | Q(taken_down__is_early=False),
        on="from_on",
        at="region_id",
        key="number",
        row_kind="disclosure.publication",
        direction="higher",
        guard=Both(
            "刚开始公示的件也算在内，期满后要重新取数。",
            "Those just begun count as well; take it again once they are over.",
        ),
        companion="disclosure.taken_down_early",
        data_class="P0",
    ),
    Measure(
        word="disclosure.taken_down_early",
        title=Both("提前撤下件数", "Taken down early"),
        definition=Both(
            "统计期内在最低公示天数以前撤下的公开件数。",
            "Publications taken down in the period before their minimum days.",
        ),
        unit="件",
        source=SOURCE,
        kind="count",
        population=_taken_down_early,
        on="on",
        at="publication__region_id",
        key="publication__number",
        row_kind="disclosure.taken_down",
        direction="lower",
        guard=Both(
            "因隐私或错误撤下是正当的，要看理由。",
            "Privacy or a mistake are proper grounds: read the reasons.",
        ),
        companion="disclosure.published",
        data_class="P0",
    ),
    Measure(
        word="disclosure.corrected",
        title=Both("更正件数", "Corrections"),
        definition=Both(
            "统计期内开始公示的更正件数。", "Publications begun in the period that correct an earlier one."
        ),
        unit="件",
        source=SOURCE,
        kind="count",
        population=lambda: Publication.objects.filter(previous__isnull=False),
        on="from_on",
        at="region_id",
        key="number",
        row_kind="disclosure.publication",
        direction="lower",
        guard=Both(
            "有错不改会显得少，看异议成立件数。",
            "Leaving mistakes uncorrected lowers it; see upheld objections.",
        ),
        companion="disclosure.objections",
        data_class="P0",
    ),
    Measure(
        word="disclosure.objections",
        title=Both("公示异议件数", "Objections"),
        definition=Both(
            "统计期内收到的对公示的异议件数。", "Objections to publications received in the period."
        ),
        unit="件",
        source=SOURCE,
        kind="count",
        population=_objections,
        on="on",
        at="publication__region_id",
        key="key",
        row_kind="disclosure.objection",
        direction="neither",
        guard=Both("没有异议也可能是没人看到公示。", "No objection may also mean that nobody saw the paper."),
        companion="disclosure.objections_answered_on_time",
    ),
    Measure(
        word="disclosure.objections_answered_on_time",
        title=Both("异议按时答复率", "Objections answered in time"),
        definition=Both(
            "统计期内收到的异议中，在规定期限内答复的比例；还没到期、还没答复的也在分母里。",
            "Of the objections received in the period, the share answered by their last day; those not answered yet count in the whole.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_objections,
        part=Q(answer__on__lte=F("due_on")),
        on="on",
        at="publication__region_id",
        key="key",
        row_kind="disclosure.objection",
        direction="higher",
        guard=Both("敷衍答复也算答复，看更正件数。", "A hollow answer counts as well; see corrections."),
        companion="disclosure.corrected",
    ),
)
