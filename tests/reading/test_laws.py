"""What holds of the installed reading whatever it is given."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from troth.content.acts import acts
from troth.content.cues import cues
from troth.reading.forecast import forecast
from troth.reading.json_schema import fault, turn_schema
from troth.reading.message import read_messages
from troth.reading.schema import EMOTIONS, GRADES, LANGUAGES, TARGETS, Turn, TurnReading

AT = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
SPEAKERS = st.sampled_from(["customer", "staff", None])
EXAMPLES = [cue.yes for cue in cues()]
ODD = [
    "\ud83d", "\udc4d", "\x00", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "<b>", "</div>", "&nbsp;",
    "ｏｋ！", "“", "”", '"', "'", "但是", "but ", "没有", "not ", "😊", "👍🏽", "謝謝您", "?", "。", "\n",
    "x = y[3];", "ありがとう", "Спасибо", "مرحبا", "1,000.50", "http://a.b/c?d=e", "@", "如果", "他说",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(codec=None, categories=None), max_size=40),
    st.lists(st.sampled_from(ODD + EXAMPLES[::7]), max_size=8).map("".join),
)
NEUTRAL = [
    "大堂在一楼。",
    "今天是星期三。",
    "The lobby is on the ground floor.",
    "It is Wednesday.",
]


def read(text, speaker=None):
    return read_messages([text], [speaker], [AT])[0]


def shown(reading: TurnReading, moved: int = 0):
    return {(a.act, a.start - moved, a.end - moved) for a in reading.acts}


@settings(max_examples=300, deadline=None)
@given(TEXTS, SPEAKERS)
def test_any_text_is_read_and_spans_lie_inside_it(text, speaker):
    """No text is refused, every figure is in its range, and spans index the text as it was given."""
    reading = read(text, speaker)
    assert fault(reading.to_json(), turn_schema()) is None
    assert reading.language in LANGUAGES
    assert set(reading.emotions) <= set(EMOTIONS)
    for act in reading.acts:
        assert 0 <= act.start < act.end <= len(text)
        assert act.text == text[act.start : act.end]
        assert speaker is None or speaker in acts()[act.act].sides
    for axis in reading.empathy.values():
        assert all(0 <= start < end <= len(text) for start, end in axis["spans"])
        assert (axis["level"] > 0) == bool(axis["spans"])
    for draft in reading.promises + reading.preferences:
        assert draft["text"] == text[draft["start"] : draft["end"]]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(cues()), st.sampled_from(NEUTRAL), st.booleans(), SPEAKERS)
def test_a_neutral_sentence_beside_it_flips_no_act(cue, neutral, before, speaker):
    """Acts stay where and what they were when an unrelated sentence is added."""
    alone = read(cue.yes, speaker)
    if alone.language == "other":
        return
    text = f"{neutral}\n{cue.yes}" if before else f"{cue.yes}\n{neutral}"
    moved = len(neutral) + 1 if before else 0
    together = shown(read(text, speaker), moved)
    added = {(act, start, end) for act, start, end in together if not 0 <= start < len(cue.yes)}
    assert together - added == shown(alone)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(TEXTS, SPEAKERS), max_size=6))
def test_a_batch_reads_as_each_by_itself(messages):
    """What stands in one message never changes the reading of another."""
    texts, speakers = [t for t, _ in messages], [s for _, s in messages]
    together = read_messages(texts, speakers, [AT] * len(messages))
    assert together == [read(text, speaker) for text, speaker in messages]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["customer", "staff"])), max_size=6))
def test_a_forecast_is_a_distribution_and_sees_no_later_turn(messages):
    """Every distribution sums to 1; a beginning is forecast the same whatever follows."""
    turns = [Turn(speaker, text, AT) for text, speaker in messages]
    readings = read_messages([t.text for t in turns], [t.speaker for t in turns], [AT] * len(turns))
    whole = forecast(turns, readings)
    for target in TARGETS:
        shares = whole.distributions[target]
        assert list(shares) == list(GRADES)
        assert abs(sum(shares.values()) - 1) < 1e-9
        assert min(shares.values()) >= 0
    assert all(0 <= share <= 1 for share in whole.turns)
    for cut in range(len(turns)):
        assert forecast(turns[:cut], readings[:cut]).turns == whole.turns[:cut]
