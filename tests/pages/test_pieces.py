"""A message in pieces: nothing lost, nothing steered, acts named."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from troth.pages.pieces import MOST, pieces
from troth.pages.words import Words

EN = Words("en", ZoneInfo("UTC"), {})
SPANS = st.lists(
    st.builds(
        lambda start, size, act, strength: {
            "act": act, "start": start, "end": start + size, "strength": strength,
        },
        st.integers(0, 30), st.integers(0, 20),
        st.sampled_from(["promise", "apology", "blame", "unheard_of"]), st.floats(0, 1),
    ),
    max_size=6,
)  # fmt: skip


@given(st.text("ab 好\n。", max_size=40), SPANS)
def test_pieces_make_up_the_message(text, spans) -> None:
    """Whatever the spans, which may overlap or lie beyond the end."""
    found = pieces(text, spans, EN)
    assert "".join(piece.text for piece in found) == text
    assert all(bool(piece.act) == bool(piece.label) for piece in found)


def test_shared_words_are_named_after_all_acts_harm_first() -> None:
    """And what lies inside another act is named only where it hurts."""
    span = {"strength": 0.5, "start": 0, "end": 9}
    inner = {**span, "start": 2, "end": 4}
    said = "It was you"
    [piece, _] = pieces(said, [{**span, "act": "promise"}, {**inner, "act": "blame"}], EN)
    assert piece.act == "blame"
    [piece, _] = pieces(said, [{**span, "act": "promise"}, {**inner, "act": "apology"}], EN)
    assert (piece.act, piece.label) == ("promise", "promise")


def test_long_messages_are_cut_and_steering_is_dropped() -> None:
    """At the same place whatever is marked; line breaks stay."""
    found = pieces("a\n" * MOST, [{"act": "promise", "start": 0, "end": 10**6, "strength": 1}], EN)
    assert len("".join(piece.text for piece in found)) <= MOST
    assert pieces("x\u202ey\x1b[31m", [], EN)[0].text == "xy [31m"
