"""Marks stand under the words they are about, whatever the text and the width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from troth.content.acts import acts
from troth.pages.marked import marked_lines
from troth.reading.schema import ActSpan


def spans_of(text: str, *places: tuple[int, int]) -> list[ActSpan]:
    """Spans of some acts."""
    names = list(acts())
    return [ActSpan(names[i % len(names)], s, e, 0.5, text[s:e]) for i, (s, e) in enumerate(places)]


def plain(text: str, *places: tuple[int, int], width: int = 80) -> list[str]:
    """The lines without colour."""
    return [line.plain for line in marked_lines(text, spans_of(text, *places), width)]


def test_wide_characters_get_wide_marks():
    """A Chinese character takes two cells."""
    assert plain("您好 ok", (0, 2), (3, 5)) == ["您好 ok", "1^^^ 2^"]


def test_overlapping_spans_get_lines_of_their_own():
    """Neither hides the other."""
    assert plain("abcdef", (0, 4), (2, 6), (5, 6)) == ["abcdef", "1^^^ 3", "  2^^^"]


def test_a_span_over_a_break_is_marked_on_both_lines():
    """With its label on each; English breaks between words."""
    assert plain("say so sorry again", (4, 12), width=10) == [
        "say so ",
        "    1^^",
        "sorry ",
        "1^^^^",
        "again",
    ]
    assert plain("一\n二", (0, 3)) == ["一", "1^", "二", "1^"]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=40),
       st.integers(4, 40))  # fmt: skip
def test_any_text_fits_its_width(text, places, width):
    """No line is wider, nothing steers the terminal, and no character is lost."""
    kept = sorted((min(p), max(p)) for p in places if min(p) < max(p) <= len(text))
    lines = plain(text, *kept, width=width)
    assert all(cell_len(line) <= width for line in lines)
    assert not any(ord(c) < 32 or c in "\x7f\u202e" for line in lines for c in line)
    assert {c for c in text if c.isalnum()} <= {c for line in lines for c in line}
    marked = {c for s, e in kept for c in text[s:e] if c.isalnum()}
    assert not marked or any("1" in line for line in lines)
