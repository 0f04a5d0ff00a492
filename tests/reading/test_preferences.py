"""Preferences are drafted as what is wanted or avoided, in the customer's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.test_due import TEXTS
from troth.reading.preferences import PreferenceHit, find_preferences

WISHES = [
    ("我不要高楼层", "不要", "avoids", "高楼层"),
    ("我对海鲜过敏", "过敏", "avoids", "海鲜"),
    ("请别给我打电话,发短信就行", "别给我", "avoids", "打电话"),
    ("菜里不吃香菜", "不吃", "avoids", "香菜"),
    ("我喜欢安静一点的房间", "喜欢", "wants", "安静一点的房间"),
    ("麻烦给我两个荞麦枕", "麻烦给我", "wants", "两个荞麦枕"),
    ("每次都要靠窗的位置", "都要", "wants", "靠窗的位置"),
    ("I'd rather have emails than calls.", "I'd rather", "wants", "emails"),
    ("I'm allergic to nuts.", "allergic to", "avoids", "nuts"),
    ("I don't like feather pillows", "don't like", "avoids", "feather pillows"),
    ("Please no ground floor rooms", "no", "avoids", "ground floor rooms"),
    ("I always have oat milk", "always have", "wants", "oat milk"),
    ("We need a cot every time", "need", "wants", "cot every time"),
    ("I prefer a room away from the lift", "prefer", "wants", "room away from the lift"),
]


@pytest.mark.parametrize(("text", "cue", "wish", "what"), WISHES)
def test_what_is_wished(text, cue, wish, what):
    """A cue gives one draft: liked or not, and what."""
    place = text.index(cue)
    (draft,) = find_preferences(text, [PreferenceHit(place, place + len(cue), 0.8)])
    assert (draft.wish, draft.what) == (wish, what)
    assert draft.to_json()["wanted"] == (wish == "wants")


def test_one_draft_a_clause():
    """Hits of one clause are one preference, hits of two are two."""
    text = "我不要高楼层,我喜欢安静的房间"
    hits = [PreferenceHit(1, 3, 0.9), PreferenceHit(1, 4, 0.4), PreferenceHit(8, 10, 0.7)]
    found = find_preferences(text, hits)
    assert [(draft.wish, draft.what, draft.strength) for draft in found] == [
        ("avoids", "高楼层", 0.9), ("wants", "安静的房间", 0.7),
    ]  # fmt: skip


@given(TEXTS, st.lists(st.tuples(st.integers(0, 70), st.integers(0, 9)), max_size=4))
def test_any_text_and_hits(text, places):
    """No text and no hits raise; drafts quote the text."""
    hits = [PreferenceHit(start, start + length, 0.5) for start, length in places]
    for draft in find_preferences(text, hits):
        assert draft.text == text[draft.start : draft.end]
        assert draft.what in text
