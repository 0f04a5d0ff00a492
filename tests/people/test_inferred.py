"""What the length of messages hints at, and what it never does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from troth.people.inferred import LEAST, inferred, size_of

USUAL = ["could you tell me when the room is ready please"] * 20


def of(own: list[str]) -> list[str]:
    """Values that follow from somebody's messages."""
    return [row.value for row in inferred(own, USUAL, 1, 9)]


def test_short_messages_hint_at_short_answers():
    """And long ones at full ones, whatever the language."""
    assert of(["ok thanks"] * LEAST) == ["short"]
    assert of(["好的谢谢"] * LEAST) == ["short"]
    assert of([USUAL[0] * 3] * LEAST) == ["full"]
    assert of(
        ["您好，请问房间什么时候能准备好，我们带着老人孩子，想早点休息一下可以吗"] * LEAST
    ) == ["full"]


def test_the_usual_length_hints_at_nothing():
    """Most people write as most people do."""
    assert of(USUAL[:LEAST]) == []


def test_few_messages_hint_at_nothing():
    """Seven are too few, and so is a house without messages."""
    assert of(["ok"] * (LEAST - 1)) == []
    assert inferred(["ok"] * LEAST, USUAL[: LEAST - 1], 1, 9) == ()


@given(st.lists(st.text(max_size=200), min_size=LEAST, max_size=30))
def test_nothing_but_detail_is_ever_hinted_at(own):
    """No trait, no mood, no attachment; and the origin says that it is a guess."""
    rows = inferred(own, USUAL, 1, 9)
    assert {(row.what, row.origin) for row in rows} <= {("detail", "inferred")}


@given(st.text(), st.permutations("abcdefgh"))
def test_only_the_length_counts(text, letters):
    """Other letters in their places change nothing."""
    changed = text.translate(str.maketrans("abcdefgh", "".join(letters)))
    assert size_of(changed) == size_of(text)
