"""Forms of public money: grouped fields, tables of rows without script, and amounts in yuan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.desk.saying import DeskForm, words
from linli.ground.money import parse_yuan, yuan
from linli.ground.said import Said

Maker = Callable[[], forms.Field]


class YuanField(forms.CharField):
    """An amount as people write it (60,000.00, 6万元); cleaned to whole fen."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**given)

    def prepare_value(self, value: Any) -> Any:
        """Fen given as an initial value are written in yuan."""
        return yuan(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Fen, or nothing where nothing was typed. What is no amount is refused."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except Said as fault:
            raise forms.ValidationError(words(fault)) from fault


class DayField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**given)


@dataclass(frozen=True)
class Group:
    """Fields that belong together: below each other, or as a table of rows."""

    title: str = ""
    fields: Sequence[BoundField] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[BoundField]] = ()
    hint: str = ""


@dataclass(frozen=True)
class Rows:
    """A table of a form: word, title, columns (name, label, maker of the field), how many rows."""

    word: str
    title: str | Promise
    columns: Sequence[tuple[str, Any, Maker]]
    count: int
    hint: str | Promise = ""
    initial: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


class GroupedForm(DeskForm):
    """A form in groups. ``seen`` is how many passages the case had when the form was drawn."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.tables: list[Rows] = []

    def add_rows(self, table: Rows) -> None:
        """Add a table; a row that stays empty is left out."""
        self.tables.append(table)
        for at in range(max(table.count, len(table.initial))):
            known = table.initial[at] if at < len(table.initial) else {}
            for name, label, make in table.columns:
                made = make()
                made.required = False
                made.label = f"{label} {at + 1}"
                made.initial = known.get(name, made.initial)
                made.widget.attrs["aria-label"] = made.label
                self.fields[f"{table.word}_{at}_{name}"] = made

    def rows_of(self, word: str) -> list[dict[str, Any]]:
        """The filled rows of a table, by column name."""
        table = next(one for one in self.tables if one.word == word)
        names = [name for name, _label, _make in table.columns]
        found = []
        for at in range(self._count(table)):
            row = {name: self.cleaned_data.get(f"{word}_{at}_{name}") for name in names}
            if any(
                value not in (None, "") for name, value in row.items() if not self._is_choice(word, at, name)
            ):
                found.append(row)
        return found

    def _count(self, table: Rows) -> int:
        return max(table.count, len(table.initial))

    def _is_choice(self, word: str, at: int, name: str) -> bool:
        return isinstance(self.fields[f"{word}_{at}_{name}"], forms.ChoiceField)

    def groups(self) -> list[Group]:
        """The plain fields first, then every table."""
        of_tables = {
            f"{table.word}_{at}_{name}"
            for table in self.tables
            for at in range(self._count(table))
            for name, _label, _make in table.columns
        }
        plain = [bound for bound in self.visible_fields() if bound.name not in of_tables]
        return [Group(fields=plain), *(self._table(table) for table in self.tables)]

    def _table(self, table: Rows) -> Group:
        rows = [
            [self[f"{table.word}_{at}_{name}"] for name, _label, _make in table.columns]
            for at in range(self._count(table))
        ]
        return Group(
            str(table.title), (), [str(label) for _name, label, _make in table.columns], rows, str(table.hint)
        )


class OpinionForm(GroupedForm):
    """An opinion of one's level."""

    opinion = forms.CharField(label=_("意见"), widget=forms.Textarea, max_length=2000, required=False)


def text(maximum: int = 80) -> Maker:
    """A maker of short text fields."""
    return lambda: forms.CharField(max_length=maximum)


def choice(choices: Sequence[tuple[str, Any]]) -> Maker:
    """A maker of choices."""
    return lambda: forms.ChoiceField(choices=choices)
