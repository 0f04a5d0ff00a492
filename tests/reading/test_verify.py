"""Whatever a language model says about places, spans are words of the message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.readings import turn_reading
from troth.content.acts import acts
from troth.reading.masking import masked
from troth.reading.verify import span_of, verified_turn

TEXT = st.text("ab好的, \n", max_size=30)
SAID = st.fixed_dictionaries(
    {
        "start": st.integers(0, 40),
        "end": st.integers(0, 40),
        "text": st.text("ab好的, \n", max_size=4),
    }
)


@pytest.mark.parametrize(
    ("text", "start", "words", "place"),
    [
        ("abcabc", 3, "abc", 3),
        ("abcabc", 2, "abc", 3),
        ("abcabc", 1, "abc", 0),
        ("abc", 100, "abc", 0),
        ("aaaa", 1, "aa", 1),
        ("abc", 0, "x", None),
        ("a  b", 1, "  ", None),
        ("", 0, "a", None),
    ],
)
def test_the_nearest_place_is_taken(text, start, words, place):
    """Where the words stand; nowhere for spaces and for words that are not there."""
    found = span_of({"start": start, "end": start + len(words), "text": words}, text)
    assert found == (None if place is None else (place, place + len(words)))


@given(TEXT, SAID)
def test_a_span_holds_the_words(text, said):
    """Or there is none, and then the words are nowhere, or nothing but spaces."""
    found = span_of(said, text)
    if found is None:
        assert not said["text"].strip() or said["text"] not in text
    else:
        assert text[slice(*found)] == said["text"]
        places = [i for i in range(len(text)) if text.startswith(said["text"], i)]
        assert abs(found[0] - said["start"]) == min(abs(i - said["start"]) for i in places)


@given(TEXT, st.lists(SAID, max_size=4), st.sampled_from(["staff", "customer", ""]))
def test_a_verified_turn_keeps_to_the_text(text, said, speaker):
    """Acts, promises and preferences index the message as it was given; no act is another side's."""
    told = turn_reading(text).to_json() | {
        "acts": [s | {"act": name, "strength": 1} for s in said for name in ("apology", "anger")],
        "promises": [s | {"deliverable": "x", "due": "tomorrow"} for s in said],
        "preferences": [s | {"what": "x", "wanted": True} for s in said],
    }
    found = verified_turn(told, (text, masked(text)), speaker, turn_reading(text))
    for span in found.acts:
        assert text[span.start : span.end] == span.text
        assert not speaker or speaker in acts()[span.act].sides
    for draft in (*found.promises, *found.preferences):
        assert text[draft["start"] : draft["end"]] == draft["text"]
    assert all(promise["due"] is None for promise in found.promises)
    assert len(set(found.acts)) == len(found.acts)
