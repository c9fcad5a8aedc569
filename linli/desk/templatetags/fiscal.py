"""A figure of a report's page: its text, and a link to what it stands on where the reader may go there."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.reports.webtree import Piece

register = template.Library()


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
