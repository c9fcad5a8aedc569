"""Generated papers are generated: what ``make docs`` would write is what stands in the repository."""

from __future__ import annotations

from docs.make import MADE, pages


def test_the_generated_papers_are_up_to_date():
    made = pages()
    assert {path.name for path in MADE.glob("*.md")} == set(made)
    assert [name for name, text in made.items() if (MADE / name).read_text("utf-8") != text] == []
