"""The parts of a page as tags: each renders one small template of ``look/parts``; see ``look/specimen.html``.

Values are plain: texts, days, dictionaries or objects with the named attributes. Texts arrive in the reader's
language already (use ``{% trans %}``, ``|says`` or ``|both``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from linli.look.reader import site_day

register = template.Library()
TONES = ("plain", "ok", "warn", "late", "go", "info")


@register.inclusion_tag("look/parts/button.html")
def button(label: str, **given: Any) -> dict[str, Any]:
    """A link (``href``) or a button. ``tone``: go (the page's one next act), main, plain, quiet, danger.

    Further: ``icon``, ``name`` and ``value`` (what is posted), ``type`` (submit), ``form``, ``note`` (read aloud).
    """
    return {"label": label, "tone": "plain", "type": "submit", **given}


@register.simple_tag
def tag(word: object, tone: str = "plain") -> SafeString:
    """A state word with its shape: ok circle, warn diamond, late square, go triangle, info and plain ring."""
    return format_html('<span class="tag {}">{}</span>', tone if tone in TONES else "plain", word)


def due_words(day: dt.date, on: dt.date) -> tuple[str, str]:
    """The tone and the words of a due light: overdue by, due today, or days left."""
    left = (day - on).days
    if left < 0:
        return "late", ngettext("超期%(days)d天", "超期%(days)d天", -left) % {"days": -left}
    if left == 0:
        return "warn", gettext("今日到期")
    return "ok", ngettext("还有%(days)d天", "还有%(days)d天", left) % {"days": left}


@register.simple_tag(takes_context=True)
def due_light(context: template.Context, day: dt.date | dt.datetime | None, done: bool = False) -> SafeString:
    """The due light of a day, counted from the site's day; finished work shows that it is finished."""
    if done:
        return tag(gettext("已办结"), "ok")
    if day is None:
        return tag(gettext("没有时限"))
    on = context.get("today") or site_day()
    tone, words = due_words(day.date() if isinstance(day, dt.datetime) else day, on)
    return tag(words, tone)


@register.inclusion_tag("look/parts/timeline.html")
def timeline(steps: Iterable[Any]) -> dict[str, Any]:
    """Steps in order, each with ``title``, ``state`` (done, now, later), and perhaps ``at`` (aware moment or
    text), ``by``, ``note``, ``papers`` (pairs of label and url).
    """
    return {"steps": steps}


@register.inclusion_tag("look/parts/progress.html")
def steps(names: Sequence[str], current: int) -> dict[str, Any]:
    """Where one is in a form of several pages; ``current`` counts from 1."""
    states = ["done" if i < current else "now" if i == current else "later" for i in range(1, len(names) + 1)]
    return {"steps": list(zip(names, states, strict=True)), "current": current, "whole": len(names)}


@register.simple_tag
def field(bound: BoundField, **given: Any) -> str:
    """One form field: label, hint, error and widget, tied together for screen readers.

    ``optional`` hides or shows the word 选填 (default: from the field); ``capture`` offers the phone's camera
    on a file field; ``wide`` lets the widget fill the column.
    """
    kind = getattr(bound.field.widget, "input_type", bound.field.widget.__class__.__name__.lower())
    if given.get("capture"):
        bound.field.widget.attrs.update({"accept": "image/*", "capture": "environment"})
    return render_to_string(
        "look/parts/field.html",
        {
            "bound": bound,
            "kind": kind,
            "grouped": bound.use_fieldset,
            "optional": given.get("optional", not bound.field.required),
            "hint_id": f"{bound.auto_id}_helptext",
            "error_id": f"{bound.auto_id}_error",
            **given,
        },
    )


@register.inclusion_tag("look/parts/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form at its top, each a link to its field; nothing when there are none."""
    found = [(form[name], words) for name, words in form.errors.items() if name in form.fields]
    return {"found": found, "general": form.non_field_errors()}


@register.inclusion_tag("look/parts/pager.html")
def pager(newer: str = "", older: str = "", note: str = "") -> dict[str, str]:
    """Keyset pages: the addresses of the previous and the next page, an empty one is not offered."""
    return {"newer": newer, "older": older, "note": note}


@register.inclusion_tag("look/parts/empty.html")
def empty(title: str, hint: str = "", url: str = "", action: str = "") -> dict[str, str]:
    """What a list says when nothing is in it, and what can be done instead."""
    return {"title": title, "hint": hint, "url": url, "action": action}


@register.inclusion_tag("look/parts/evidence.html")
def evidence_bar(whole: Decimal | float, proven: Decimal | float | None, claimed: Decimal | float | None) -> dict[str, Any]:  # fmt: skip
    """Proven, claimed without proof, and not earned as three lengths of one bar of ``whole`` points.

    ``claimed`` is the part claimed beyond what is proven; no value counts as none of the length.
    """
    full = float(whole) or 1.0
    first = max(0.0, min(100.0, float(proven or 0) / full * 100))
    second = max(0.0, min(100.0 - first, float(claimed or 0) / full * 100))
    return {
        "first": f"{first:.2f}", "second": f"{second:.2f}",
        "percents": {"proven": round(first), "claimed": round(second), "rest": max(0, 100 - round(first) - round(second))},
    }  # fmt: skip


@register.inclusion_tag("look/parts/evidence_key.html")
def evidence_key() -> dict[str, Any]:
    """The legend of the evidence bars."""
    return {}


@register.inclusion_tag("look/parts/score.html")
def score(figures: Iterable[Any]) -> dict[str, Any]:
    """Large figures: each with ``label``, ``value``, and perhaps ``note``, ``url``, ``tone`` (late, ok, warn)."""
    return {"figures": figures}


@register.inclusion_tag("look/parts/crumbs.html")
def crumbs(*pairs: Any) -> dict[str, Any]:
    """The way here: label and address in turn, or one list of pairs; the last label may lack an address."""
    if len(pairs) == 1 and not isinstance(pairs[0], str):
        return {"ways": [(label, url) for label, url in pairs[0]]}
    padded = [*pairs, ""] if len(pairs) % 2 else list(pairs)
    return {"ways": list(zip(padded[::2], padded[1::2], strict=True))}


@register.inclusion_tag("look/parts/pills.html")
def pills(items: Iterable[Any], label: str = "") -> dict[str, Any]:
    """Filters as links: ``label``, ``url``, ``current``, ``count``; ``label`` names the group for screen readers."""
    return {"items": items, "label": label or gettext("筛选")}


@register.inclusion_tag("look/parts/facts.html")
def facts(pairs: Iterable[tuple[str, Any]] | Mapping[str, Any]) -> dict[str, Any]:
    """A list of names with their values."""
    return {"pairs": pairs.items() if isinstance(pairs, Mapping) else pairs}


@register.inclusion_tag("look/parts/audit.html")
def audit_row(entry: Any) -> dict[str, Any]:
    """One entry of the audit view: ``at``, ``who``, ``post``, ``act``, ``about``, ``digest``."""
    return {"entry": entry}


@register.inclusion_tag("look/parts/chart.html")
def chart(svg: str, caption: str, columns: Sequence[str] = (), rows: Iterable[Sequence[Any]] = ()) -> dict[str, Any]:  # fmt: skip
    """A drawing made on the server, with its numbers in a table behind a toggle. ``svg`` is our own, already safe."""
    return {"svg": mark_safe(svg), "caption": caption, "columns": columns, "rows": rows}  # noqa: S308


@register.inclusion_tag("look/parts/read_aloud.html")
def read_aloud(target: str) -> dict[str, str]:
    """A button that reads the element with the id ``target`` aloud; it shows only where the browser can."""
    return {"target": target}


@register.simple_block_tag
def card(content: str, title: str = "", id: str = "", tone: str = "") -> str:  # noqa: A002
    """A panel with a heading. ``tone`` "due" is the panel of a date, "act" of what the reader can do now."""
    return render_to_string(
        "look/parts/card.html", {"content": content, "title": title, "id": id, "tone": tone}
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> str:
    """A notice in the page: info, ok, warn or late, with a drawing and words."""
    drawing = {"ok": "check", "warn": "warn", "late": "warn"}.get(tone, "info")
    return render_to_string(
        "look/parts/notice.html", {"content": content, "tone": tone, "title": title, "drawing": drawing}
    )


@register.simple_block_tag(takes_context=True)
def confirm(context: template.Context, content: str, **given: str) -> str:
    """A panel before an act that cannot be undone: ``title``, ``action``, ``label``, ``back``, ``name``, ``value``."""
    return render_to_string("look/parts/confirm.html", {"content": content, **given}, context.get("request"))
