"""Kind, outcome, weight and loadings."""

from __future__ import annotations

import pytest

from tests.ledger.conftest import HEADER, Reader, ids_of, line, refusals_of
from troth.content.kinds import codebook
from troth.ledger.schema import DIMENSIONS


def test_defaults_come_from_the_codebook(read: Reader) -> None:
    """A file that says only what happened is enough."""
    row = read(HEADER + line("a", kind="promise_kept", outcome="")).events.table.to_pylist()[0]
    kind = codebook()["promise_kept"]
    assert (row["outcome"], row["weight"]) == (kind.outcome, kind.weight)
    assert {name: row[name] for name in DIMENSIONS} == kind.loadings


@pytest.mark.parametrize("spelling", ["promise kept", "Promise-Kept", " promise_kept ", "承诺兑现"])
def test_kinds_are_taken_as_meant(read: Reader, spelling: str) -> None:
    """Spaces, hyphens, capitals and the Chinese name all mean the same kind."""
    reading = read(HEADER + line("a", kind=spelling, outcome=""))
    assert reading.events.table["kind"].to_pylist() == ["promise_kept"]


def test_an_unknown_kind_is_refused_with_the_nearest(read: Reader) -> None:
    """A slip of the pen is easy to mend when it is named."""
    reading = read(HEADER + line("a", kind="promse kept") + line("b", kind="zzz"))
    assert refusals_of(reading) == [
        (2, "kind", "is not in the codebook: promse_kept; did you mean promise_kept?"),
        (3, "kind", "is not in the codebook: zzz"),
    ]


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        ("1.01", "must be from 0 to 1, not 1.01"),
        ("-0.1", "must be from 0 to 1, not -0.1"),
        ("nan", "must be a finite number, not nan"),
        ("inf", "must be a finite number, not inf"),
        ("good", "is not a number: good"),
        ("85%", "is not a number: 85%"),
        ("", "is missing: a review must bring its own outcome"),
    ],
)
def test_bad_outcomes_are_refused(read: Reader, outcome: str, reason: str) -> None:
    """Each with its own reason, and the rows around them stay."""
    reading = read(HEADER + line("a") + line("b", outcome=outcome) + line("c"))
    assert ids_of(reading) == ["a", "c"]
    assert refusals_of(reading) == [(3, "outcome", reason)]


@pytest.mark.parametrize("outcome", ["0", "1", "+.5", " 0.5 ", "5e-1", "1."])
def test_numbers_may_be_written_in_any_way(read: Reader, outcome: str) -> None:
    """As long as they are numbers."""
    assert ids_of(read(HEADER + line("a", outcome=outcome) + line("b"))) == ["a", "b"]


@pytest.mark.parametrize("weight", ["0", "-1", "inf", "nan", "much"])
def test_bad_weights_are_refused(read: Reader, weight: str) -> None:
    """A weight is a finite number above 0."""
    reading = read(HEADER.replace("text", "weight") + line("a", weight) + line("b", "2"))
    assert ids_of(reading) == ["b"]
    assert refusals_of(reading)[0][:2] == (2, "weight")


def test_a_neutral_kind_may_weigh_nothing(read: Reader) -> None:
    """So that what we wrote ourselves reads back."""
    assert ids_of(read(HEADER.replace("text", "weight") + line("a", "0", kind="message"))) == ["a"]


def test_loadings_are_made_to_sum_to_one(read: Reader) -> None:
    """Those not given are 0 beside those given."""
    reading = read(HEADER.replace("text", "ability,integrity") + line("a", "3,1") + line("b", ","))
    rows = reading.events.table.select(DIMENSIONS).to_pylist()
    assert list(rows[0].values()) == [0.75, 0.0, 0.25, 0.0]
    assert rows[1] == codebook()["review"].loadings


@pytest.mark.parametrize(
    ("cells", "column"), [("-1,2", "ability"), ("0,0", "ability"), ("1,inf", "integrity")]
)
def test_bad_loadings_are_refused(read: Reader, cells: str, column: str) -> None:
    """Negative, all zero, or endless."""
    reading = read(HEADER.replace("text", "ability,integrity") + line("a", cells) + line("b", ","))
    assert ids_of(reading) == ["b"]
    assert refusals_of(reading)[0][:2] == (2, column)


def test_missing_parties_and_self_trust_are_refused(read: Reader) -> None:
    """Trust is between two."""
    rows = (
        line("a").replace("guest", ""),
        line("b").replace("clerk", " "),
        line("c").replace("clerk", "guest"),
    )
    assert refusals_of(read(HEADER + "".join(rows))) == [
        (2, "truster", "is missing"),
        (3, "trustee", "is missing"),
        (4, "trustee", "is the truster too: guest"),
    ]


def test_reasons_speak_chinese(read: Reader) -> None:
    """To those who ask for it."""
    assert (
        refusals_of(read(HEADER + line("a", outcome="2"), lang="zh"))[0][2]
        == "须在 0 到 1 之间，不能是 2"
    )
