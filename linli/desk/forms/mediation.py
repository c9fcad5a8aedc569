"""Forms of mediation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.mediation.papers import COURT, FOUND, ORIGINS, SIDES, TOLD
from linli.staff.rows import DayField, GroupedForm, Rows, YuanField, choice, text

Choices = Sequence[tuple[str, Any]]
SEX = [("", "—"), ("1", _("男")), ("2", _("女"))]
SIGNING = [("hand", _("签名")), ("thumb", _("按指印")), ("seal", _("盖章"))]


def words(label: Any, *, required: bool = True, rows: int = 4, hint: Any = "") -> forms.CharField:
    """A field of running text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=hint,
    )


def pick(label: Any, choices: Choices, *, required: bool = True) -> forms.ChoiceField:
    """A choice."""
    return forms.ChoiceField(label=label, choices=choices, required=required)


class ActForm(GroupedForm):
    """A form whose fields are given when it is made: the acts of mediation ask for few things, each for others."""

    def __init__(
        self, *args: Any, asked: dict[str, forms.Field], tables: Sequence[Rows] = (), **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields.update(asked)
        for table in tables:
            self.add_rows(table)


def moment_field(label: Any) -> forms.DateTimeField:
    """A day with its time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


def taking_up(disputes: Choices) -> dict[str, forms.Field]:
    """What is asked of a new dispute."""
    return {
        "kind": pick(_("纠纷类别"), disputes),
        "origin": pick(
            _("怎么来的"), [(code, _(title)) for code, title in ORIGINS.items() if code != "grievance"]
        ),
        "difficulty": pick(
            _("难易"), [("ordinary", _("一般")), ("simple", _("简单")), ("difficult", _("疑难"))]
        ),
        "story": words(_("纠纷简要情况")),
        "wish": words(_("申请人的要求"), required=False, rows=2),
        "amount": YuanField(label=_("涉及金额（元）"), required=False),
    }


def sides(count: int = 4) -> Rows:
    """The table of parties of a new dispute."""
    columns = (
        ("side", _("哪一方"), choice([(code, _(title)) for code, title in SIDES.items()])),
        ("name", _("姓名或名称"), text()), ("phone", _("电话"), text(20)), ("identity", _("身份证号"), text(20)),
        ("sex", _("性别"), choice(SEX)), ("birth_day", _("出生日期"), lambda: DayField()), ("address", _("住址"), text(120)),
    )  # fmt: skip
    first = ({"side": "applicant"}, {"side": "respondent"})
    hint = _("电话能对上底册的，自动连到本人，本人在自己的页面上能看到；未成年人要先在底册登记监护人。")
    return Rows("parties", _("当事人"), columns, count, hint, first)


def settlement(parties: Choices) -> tuple[dict[str, forms.Field], Rows]:
    """What an agreement states, and its instalments."""
    asked: dict[str, forms.Field] = {
        "facts": words(_("主要事实、争议事项和各方责任")),
        "terms": words(_("协议内容"), hint=_("一行写一条，编号自动加。")),
        "performance": words(_("履行方式、期限"), rows=2),
        "amount": YuanField(label=_("协议金额（元）"), required=False),
        "at_once": forms.BooleanField(label=_("已经当场履行完"), required=False),
    }
    columns = (
        ("what", _("内容"), text(200)), ("debtor", _("谁做"), choice(parties)), ("creditor", _("给谁"), choice(parties)),
        ("cents", _("金额（元）"), lambda: YuanField()), ("due_on", _("期限"), lambda: DayField()),
    )  # fmt: skip
    return asked, Rows("promises", _("履行安排"), columns, 4, _("分期的一期一行；空行不算。"))


GUESTS = Rows(
    "guests", _("邀请参加的人"), (("name", _("姓名"), text(40)), ("capacity", _("身份"), text(40))), 2
)
TOLD_WAYS = [(code, _(title)) for code, title in TOLD.items()]
FOUND_WORDS = [(code, _(title)) for code, title in FOUND.items()]
COURT_ENDS = [(code, _(COURT[code])) for code in ("confirmed", "rejected", "withdrawn")]
