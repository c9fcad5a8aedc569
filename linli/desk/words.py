"""The desk's words for codes: kinds of matters, channels, grades, posts with their places."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.desk.saying import lang
from linli.ground.said import Said
from linli.people.roles import role

KINDS = {
    "services.application": gettext_lazy("办事"),
    "grievances.grievance": gettext_lazy("诉求"),
    "project": gettext_lazy("项目"),
    "projects.project": gettext_lazy("项目"),
}
MAIN_KINDS = ("services.application", "grievances.grievance")
CHANNELS = {
    "portal": gettext_lazy("网上"),
    "counter": gettext_lazy("窗口"),
    "phone": gettext_lazy("电话"),
    "home": gettext_lazy("上门"),
    "hotline": gettext_lazy("热线转办"),
    "grid": gettext_lazy("网格上报"),
    "snap": gettext_lazy("随手拍"),
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
    "resolved": gettext_lazy("已解决"),
    "unresolved": gettext_lazy("未解决"),
    "withdrawn": gettext_lazy("已撤回"),
    "redirected": gettext_lazy("已转其他渠道"),
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
