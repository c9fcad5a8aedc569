"""The desk's words for codes: kinds of matters, channels, grades, posts with their places."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.said import Said
from linli.people.roles import role
from linli.staff.saying import lang

KINDS = {
    "cases.linked": gettext_lazy("联办事项"),
    "cases.part": gettext_lazy("协办件"),
    "cases.whistle": gettext_lazy("街道吹哨"),
    "cases.called": gettext_lazy("报到件"),
    "cases.pushed_task": gettext_lazy("上级交办任务"),
    "services.application": gettext_lazy("办事"),
    "mediation.mediation": gettext_lazy("人民调解"),
    "grievances.grievance": gettext_lazy("诉求"),
    "project": gettext_lazy("项目"),
    "projects.project": gettext_lazy("项目"),
    "property.inspection": gettext_lazy("物业检查"),
    "property.filing": gettext_lazy("业委会备案"),
    "meetings.task": gettext_lazy("会议任务"),
}
MAIN_KINDS = ("services.application", "grievances.grievance")
CHANNELS = {
    "portal": gettext_lazy("网上"),
    "desk": gettext_lazy("工作台"),
    "counter": gettext_lazy("窗口"),
    "phone": gettext_lazy("电话"),
    "home": gettext_lazy("上门"),
    "hotline": gettext_lazy("热线转办"),
    "grid": gettext_lazy("网格上报"),
    "snap": gettext_lazy("随手拍"),
    "whistle": gettext_lazy("街道吹哨"),
    "above": gettext_lazy("上级交办"),
}
GRADES = {
    "ordinary": gettext_lazy("一般"),
    "important": gettext_lazy("重要"),
    "urgent": gettext_lazy("紧急"),
}
NATURES = {
    "consult": gettext_lazy("咨询"),
    "help": gettext_lazy("求助"),
    "complaint": gettext_lazy("投诉"),
    "report": gettext_lazy("举报"),
    "suggestion": gettext_lazy("建议"),
}
CLASSES = {
    "P0": gettext_lazy("公开"),
    "P1": gettext_lazy("社区内部"),
    "P2": gettext_lazy("个人业务资料"),
    "P3": gettext_lazy("敏感资料"),
    "P4": gettext_lazy("严格限制"),
}
OUTCOMES = {
    "answered": gettext_lazy("已答复"),
    "accepted": gettext_lazy("已接手"),
    "released": gettext_lazy("不由该单位办"),
    "called_off": gettext_lazy("已撤销"),
    "called_back": gettext_lazy("上级已收回"),
    "silent": gettext_lazy("没有答复"),
    "resolved": gettext_lazy("已解决"),
    "unresolved": gettext_lazy("未解决"),
    "withdrawn": gettext_lazy("已撤回"),
    "clean": gettext_lazy("检查合格"),
    "rectified": gettext_lazy("整改完成"),
    "referred": gettext_lazy("街道处理完毕"),
    "filed": gettext_lazy("已备案"),
    "done": gettext_lazy("已完成"),
    "given_up": gettext_lazy("不再办理"),
    "redirected": gettext_lazy("已转其他渠道"),
    "unasked": gettext_lazy("已办结（未回访到）"),
    "merged": gettext_lazy("随并案办结"),
    "returned": gettext_lazy("已退回热线"),
    "granted": gettext_lazy("已批准"),
    "refused": gettext_lazy("未批准"),
}


def kind(code: str) -> str:
    """The word of a case's kind."""
    return str(KINDS.get(code, code))


def channel(code: str) -> str:
    """The word of a channel."""
    return str(CHANNELS.get(code, code))


def post(code: str) -> str:
    """A post's title in the reader's language; an unknown or empty post is a dash."""
    if not code:
        return "—"
    try:
        return str(role(code).title.text(lang()))
    except Said:
        return _("申请人") if code == "applicant" else code
