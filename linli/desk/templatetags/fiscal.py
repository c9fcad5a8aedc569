"""A figure of a report's page: its text, and a link to what it stands on where the reader may go there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from linli.reports.webtree import Page, Part, Piece

register = template.Library()
RANKS = {2: "<h2 id='{}'>{}</h2>", 3: "<h3 id='{}'>{}</h3>", 4: "<h4 id='{}'>{}</h4>"}


@register.simple_tag
def figure(piece: Piece, links: Mapping[str, str]) -> SafeString:
    """A run or cell; a figure is a link with its short number behind it."""
    text = format_html("<b>{}</b>", piece.text) if piece.strong else format_html("{}", piece.text)
    if not piece.ref:
        return text
    number = (
        format_html('<small class="figure-ref">［{}］</small>', piece.number)
        if piece.number
        else SafeString("")
    )
    url = links.get(piece.ref, "")
    return (
        format_html('<a class="num" href="{}">{}{}</a>', url, text, number)
        if url
        else format_html("{}{}", text, number)
    )


@register.simple_tag
def figures(pieces: Iterable[Piece], links: Mapping[str, str]) -> SafeString:
    """Runs of one sentence with nothing between them."""
    return format_html_join("", "{}", ((figure(piece, links),) for piece in pieces))


def ranks_of(page: Page) -> dict[str, int]:
    """The rank (2 to 4) of every heading by its anchor; none is skipped on the way down, for those who listen."""
    ranks: dict[str, int] = {}
    for parts in (page.parts, *(annex[3] for annex in page.annexes)):
        last = 1 if parts is page.parts else 2
        for part in parts:
            if part.kind == "heading":
                last = min(part.level + 1, last + 1, 4)
                ranks[part.anchor] = last
    return ranks


@register.simple_tag
def heading(part: Part, ranks: Mapping[str, int]) -> SafeString:
    """A heading of a report at its rank."""
    return format_html(RANKS[ranks[part.anchor]], part.anchor, part.text)
