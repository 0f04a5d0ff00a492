"""References between events."""

from __future__ import annotations

from tests.ledger.conftest import HEADER, Reader, ids_of, refusals_of


def linked(event_id: str, ref: str, day: int = 1, kind: str = "message") -> str:
    """One line under ``LINKS``."""
    return f"{event_id},2024-01-{day:02d}T00:00:00Z,guest,clerk,{kind},,{ref}\n"


LINKS = HEADER.replace("text", "ref")


def test_good_references_are_kept(read: Reader) -> None:
    """Also to an event further down the file, or of the same instant."""
    reading = read(LINKS + linked("b", "a", 2) + linked("c", "b", 2) + linked("a", "", 1))
    assert reading.events.table["ref"].to_pylist() == [None, "a", "b"]


def test_bad_references_are_refused(read: Reader) -> None:
    """To nothing, to itself, to a later event."""
    reading = read(
        LINKS + linked("a", "zz") + linked("b", "b") + linked("c", "d") + linked("d", "", 2)
    )
    assert ids_of(reading) == ["d"]
    assert refusals_of(reading) == [
        (2, "ref", "names an event that is not in the input: zz"),
        (3, "ref", "names the event itself"),
        (4, "ref", "names an event that happened later: d"),
    ]


def test_rings_within_one_instant_are_refused(read: Reader) -> None:
    """Neither can have come first."""
    reading = read(LINKS + linked("a", "b") + linked("b", "a") + linked("c", ""))
    assert ids_of(reading) == ["c"]


def test_what_hangs_on_a_refused_event_is_refused(read: Reader) -> None:
    """All along the chain."""
    chain = "".join(linked(f"e{i}", f"e{i - 1}", 1 + i) for i in range(1, 20))
    reading = read(LINKS + linked("e0", "", 1, kind="nonsense") + chain + linked("x", ""))
    assert ids_of(reading) == ["x"]
    assert refusals_of(reading)[1] == (3, "ref", "names an event that was rejected: e0")


def test_a_correction_must_say_of_what(read: Reader) -> None:
    """Otherwise it corrects nothing."""
    reading = read(LINKS + linked("a", "", kind="correction"))
    assert refusals_of(reading) == [
        (2, "ref", "is missing: a correction must name the event it takes back")
    ]
