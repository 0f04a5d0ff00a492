"""From real words through the installed reader to the belief, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from troth.reading.evidence import soft_events
from troth.reading.reader import Reader
from troth.reading.schema import Dialogue, Turn, line_of
from troth.trust.score import score

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
EVADED = {
    "zh": [("customer", "房间空调坏了。"), ("staff", "这不是我们的问题，您找物业吧。")],
    "en": [
        ("customer", "The heating is broken."),
        ("staff", "That's not our problem, ask the landlord."),
    ],
}
SOLVED = {
    "zh": [("customer", "房间空调坏了。"), ("staff", "我马上请师傅来。"), ("customer", "已经修好了，谢谢")],
    "en": [
        ("customer", "The heating is broken."), ("staff", "I'll send someone up now."),
        ("customer", "It's working now, thank you!"),
    ],
}  # fmt: skip


FIRST = {
    "event_id": "first", "at": "2026-03-01T00:00:00Z", "truster": "Lu", "trustee": "Wen",
    "organisation": "inn", "kind": "observation", "outcome": 0.5,
}  # fmt: skip


@pytest.fixture
def belief(tmp_path):
    """The probability for the one relationship a day later, after a first event and these rows."""

    def of(rows) -> float:
        path = tmp_path / "events.jsonl"
        path.write_bytes(b"".join(line_of(row) for row in (FIRST, *rows)))
        found = score(path, at="2026-03-10T12:00:00Z")
        return found["probability"].to_pylist()[0]

    return of


def read(turns) -> list[dict]:
    """Soft evidence of a dialogue between Lu and Wen."""
    spoken = tuple(
        Turn(speaker, text, NOON + timedelta(minutes=i)) for i, (speaker, text) in enumerate(turns)
    )
    dialogue = Dialogue("d1", spoken, customer="Lu", staff="Wen", organisation="inn")
    return soft_events(Reader.installed().read([dialogue])[0], dialogue)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_evasion_lowers_the_belief(belief, lang):
    """What staff refuse to own counts against them, beside whatever the customer complained of."""
    rows = read(EVADED[lang])
    others = [row for row in rows if row["act"] != "evasion"]
    assert len(others) < len(rows)
    assert belief(rows) < belief(others)
    assert belief(rows) < belief([])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_problem_solved_raises_the_belief(belief, lang):
    """A problem reported and mended leaves more trust than there was."""
    rows = read(SOLVED[lang])
    assert "solved" in [row["act"] for row in rows]
    assert belief(rows) > belief([])
