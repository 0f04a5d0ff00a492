"""The empathy map: only what is on record, each entry with its words, date and event."""

from __future__ import annotations

from dataclasses import replace

from tests.guidance.situations import HURT, message, situation
from troth.guidance.empathy_map import MOST, empathy_map
from troth.reading.schema import EMOTIONS


def test_nothing_is_made_up() -> None:
    """Without messages three quarters stay empty, and without events the fourth as well."""
    seen = empathy_map(situation(HURT))
    assert seen.says == seen.thinks == seen.feels == ()
    assert seen.does[0].what == "complaint_opened"
    empty = empathy_map(replace(situation(), rows=()))
    assert empty.does == ()


def test_each_quarter_quotes_its_evidence() -> None:
    """Words, the sentence that shows a thought, the message that shows a feeling, the event."""
    said = message(
        "单号还没有收到！我很着急。", 1, emotions={"anxiety": 0.8, "joy": 0.1},
        acts=(("unsolved", "还没有收到"), ("anxiety", "着急"), ("greeting", "您好")),
    )  # fmt: skip
    seen = empathy_map(situation(HURT, messages=[said, message("谢谢", 5)]))
    assert [entry.text for entry in seen.says] == [said.text, "谢谢"]
    assert [(e.what, e.text) for e in seen.thinks] == [("unsolved", "单号还没有收到！")]
    assert [(e.what, e.event_id) for e in seen.feels] == [("anxiety", said.event_id)]
    for entry in (*seen.says, *seen.thinks, *seen.feels, *seen.does):
        assert entry.event_id
        assert entry.t_us


def test_of_each_sort_the_newest_and_never_many() -> None:
    """Three a quarter are a glance."""
    many = [
        message(
            f"第 {i} 次！", i, emotions=dict.fromkeys(EMOTIONS, 0.5), acts=(("complaint", "次"),)
        )
        for i in range(1, 6)
    ]
    seen = empathy_map(situation(messages=many))
    assert [len(q) for q in (seen.says, seen.thinks, seen.feels)] == [MOST, 1, MOST]
    assert seen.thinks[0].event_id == "m1"


def test_a_silence_is_something_they_do() -> None:
    """With no event to link to, and the date of the last contact."""
    seen = empathy_map(situation(quiet=True))
    assert (seen.does[0].what, seen.does[0].event_id) == ("quiet", "")
    assert seen.does[0].t_us == situation().told.last_us
