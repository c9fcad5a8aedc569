"""Style sheets and scripts: small, and every pair of colours a reader meets can be read."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

STATIC = Path(__file__).parent.parent / "static" / "look"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
THEMES = {
    "light": ["tokens"], "dark": ["tokens", "dark"], "contrast": ["tokens", "contrast"],
    "contrast-dark": ["tokens", "dark", "contrast", "contrast-dark"],
}  # fmt: skip
TEXT = [
    ("ink", "paper"), ("ink", "card"), ("ink", "sunk"), ("soft", "paper"), ("soft", "card"), ("soft", "sunk"),
    ("teal", "paper"), ("teal", "card"), ("teal", "teal-wash"), ("teal", "sunk"), ("ink", "teal-wash"), ("soft", "teal-wash"),
    ("on-main", "main"), ("on-main", "main-down"), ("on-go", "go"), ("on-go", "go-down"),
    ("copper", "copper-wash"), ("green", "green-wash"), ("amber", "amber-wash"), ("red", "red-wash"),
    ("ink", "green-wash"), ("ink", "amber-wash"), ("ink", "red-wash"), ("ink", "copper-wash"),
    ("red", "card"), ("red", "paper"), ("green", "card"), ("amber", "card"), ("card", "red"),
    ("on-hero", "hero"), ("hero-soft", "hero"), ("on-rail", "rail"), ("on-rail", "rail-down"), ("rail-soft", "rail"),
]  # fmt: skip
DRAWN = [
    ("edge", "card"), ("edge", "paper"), ("focus", "card"), ("focus", "paper"), ("focus-inverse", "hero"),
    ("focus-inverse", "rail"), ("claimed", "sunk"), ("teal", "sunk"), ("go", "card"), ("rail-mark", "rail-down"),
]  # fmt: skip


def _tokens(theme: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in THEMES[theme]:
        text = (STATIC / "css" / f"{name}.css").read_text("utf-8")
        found.update(re.findall(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{6});", text))
    return found


def _light(colour: str) -> float:
    """Relative luminance by WCAG 2.x."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    line = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_text_and_ground_reaches_four_and_a_half(theme):
    tokens = _tokens(theme)
    weak = {(a, b): round(_contrast(tokens[a], tokens[b]), 2) for a, b in TEXT}
    assert {pair: found for pair, found in weak.items() if found < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_focus_and_bars_reach_three(theme):
    tokens = _tokens(theme)
    weak = {(a, b): round(_contrast(tokens[a], tokens[b]), 2) for a, b in DRAWN}
    assert {pair: found for pair, found in weak.items() if found < 3} == {}


@pytest.mark.parametrize("theme", ["contrast", "contrast-dark"])
def test_high_contrast_reaches_seven(theme):
    tokens = _tokens(theme)
    assert [pair for pair in TEXT if _contrast(tokens[pair[0]], tokens[pair[1]]) < 7] == []


def test_all_sheets_together_stay_under_forty_kilobytes():
    assert sum(sheet.stat().st_size for sheet in SHEETS) < 40_000


@pytest.mark.parametrize("path", SHEETS + SCRIPTS, ids=lambda path: path.name)
def test_no_sheet_or_script_is_longer_than_two_hundred_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 200


def test_scripts_of_a_page_stay_under_sixty_kilobytes_compressed():
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    assert sum(len(gzip.compress(path.read_bytes())) for path in [*SCRIPTS, htmx]) < 60_000


def test_sheets_name_only_tokens_that_exist():
    known = set(re.findall(r"(--[a-z0-9-]+):", "".join(sheet.read_text("utf-8") for sheet in SHEETS)))
    for sheet in SHEETS:
        assert set(re.findall(r"var\((--[a-z0-9-]+)", sheet.read_text("utf-8"))) <= known, sheet.name


def test_nothing_is_fetched_from_elsewhere():
    for path in [*SHEETS, *SCRIPTS]:
        assert not re.search(r"https?://|@import|url\(", path.read_text("utf-8")), path.name
