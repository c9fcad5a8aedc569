"""What the case page says of an application: the answers a reader may see, and what came of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.desk.saying import lang
from linli.ground import masking
from linli.look.templatetags.wording import prose_money
from linli.services.declared import Question
from linli.services.models import Application, Certificate, Grant, LibraryCard, Supplement, Visit


def told(application: Application, is_open: bool) -> list[tuple[str, str]]:
    """The answers, sheet order. Sensitive ones (P3) only where the case is in the reader's reach."""
    pairs = []
    for question in application.sheet.questions():
        if question.code not in application.answers:
            continue
        label = str(question.label.text(lang()))
        if question.data_class == "P3" and not is_open:
            pairs.append((label, _("（敏感资料，只给经手岗位看）")))
        else:
            pairs.append((label, answer_words(question, application.answer(question.code))))
    if application.is_urgent:
        pairs.insert(0, (_("急难"), _("先行救助，手续后补")))
    if application.agent is not None:
        pairs.append((_("代办人"), application.agent.name))
    if application.is_assisted:
        pairs.append((_("怎么填的"), _("窗口代填，已当面念给本人听并确认")))
    return pairs


def answer_words(question: Question, value: Any) -> str:
    """One answer in words; identity and phone masked, the whole number is opened on the person's page with a reason."""
    if value is None or value == "":
        return "—"
    if question.kind == "choice":
        return next((str(one.name.text(lang())) for one in question.choices if one.code == value), str(value))
    if question.kind == "money":
        return prose_money(int(value))
    written = {"identity": masking.identity, "phone": masking.phone}.get(question.kind)
    return written(str(value)) if written else str(value)


def done(application: Application, is_open: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was told, seen, granted, issued: titles with their facts. At most four statements."""
    case = application.case
    found = [_supplement(application, one) for one in Supplement.objects.filter(case=case).order_by("number")]
    if application.needs_visit and is_open:
        found += [_visit(one) for one in Visit.objects.filter(case=case).order_by("id")]
    if application.decision == "granted":
        found += [_grant(one) for one in Grant.objects.filter(case=case).prefetch_related("payments")]
    if application.sheet.listed:
        found += [_certificate(one) for one in Certificate.objects.filter(case=case)]
    if application.case.subject == "library_card":
        found += [_card(one) for one in LibraryCard.objects.filter(case=case)]
    return found


def _supplement(application: Application, one: Supplement) -> tuple[str, list[tuple[str, str]]]:
    names = "、".join(str(application.sheet.material(code).name.text(lang())) for code in one.missing)
    facts = [(_("缺的材料"), names), (_("告知日期"), str(one.asked_on)), (_("补齐期限"), str(one.due_on))]
    facts.append((_("补齐"), str(one.answered_on) if one.answered_on else _("还没有")))
    return _("一次性告知"), facts


def _visit(one: Visit) -> tuple[str, list[tuple[str, str]]]:
    facts = [
        (_("日期"), str(one.on)),
        (_("去的人"), "、".join(one.visitors)),
        (_("看到的情况"), one.found),
        (_("和申请一致"), _("一致") if one.agrees else _("不一致")),
        (_("问了邻居"), _("%(count)d户") % {"count": one.neighbours_asked}),
    ]
    return _("入户调查"), facts


def _grant(one: Grant) -> tuple[str, list[tuple[str, str]]]:
    facts = [(_("金额"), prose_money(one.cents)), (_("日期"), str(one.on)), (_("依据"), one.basis)]
    facts += [(_("已发放"), f"{paid.paid_on} {prose_money(paid.cents)}") for paid in one.payments.all()]
    return _("批准"), facts


def _certificate(one: Certificate) -> tuple[str, list[tuple[str, str]]]:
    facts = [
        (_("编号"), one.number),
        (_("校验码"), one.check_code),
        (_("证明文字"), one.body),
        (_("有效到"), str(one.valid_to)),
    ]
    return _("证明"), facts


def _card(one: LibraryCard) -> tuple[str, list[tuple[str, str]]]:
    return _("借阅证"), [(_("编号"), one.number), (_("有效到"), str(one.valid_to))]


def paper_kinds(case: Case) -> list[tuple[str, str]]:
    """The materials of a case's item, for adding papers; a grievance takes photos."""
    application = (
        Application.objects.filter(pk=case.pk).first() if case.kind == "services.application" else None
    )
    if application is None:
        return [("photo", _("照片")), ("paper", _("文件"))]
    return [(one.code, str(one.name.text(lang()))) for one in application.sheet.materials] or [
        ("paper", _("文件"))
    ]
