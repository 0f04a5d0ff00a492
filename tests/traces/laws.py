"""What every way of summing must obey, and the ways there are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from troth.traces.batch import sum_rows
from troth.traces.stream import Stream
from troth.traces.tables import Traces, merge

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.traces.rows import Rows

    Way = Callable[[Rows, int, tuple[float, ...]], Traces]

#: Kinds of key, and whether a key packs two codes.
KINDS = {
    "pair": True,
    "house": True,
    "trustee": False,
    "organisation": False,
    "org_trustee": True,
    "truster": False,
}
TOLERANCE = 1e-9


def batch(rows: Rows, at_us: int, half_lives: tuple[float, ...]) -> Traces:
    """All rows at once."""
    return sum_rows(rows, at_us, half_lives)


def split(rows: Rows, at_us: int, half_lives: tuple[float, ...]) -> Traces:
    """Many parts, small blocks, several rounds, as large inputs have them."""
    with (
        patch("troth.traces.batch.part_bits", lambda _: 3),
        patch("troth.traces.ground.part_bits", lambda _: 3),
        patch("troth.traces.batch.BLOCK_ROWS", 4),
        patch("troth.traces.batch.BLOCKS", 2),
    ):
        return sum_rows(rows, at_us, half_lives, threads=3)


def stream(rows: Rows, at_us: int, half_lives: tuple[float, ...]) -> Traces:
    """One after the other, in order of time."""
    known = rows.known_before(at_us)
    folding = Stream(half_lives)
    folding.fold(known.take(np.argsort(known.from_us, kind="stable")))
    return folding.at(at_us)


def late_stream(rows: Rows, at_us: int, half_lives: tuple[float, ...]) -> Traces:
    """The latest first, in pieces, so that all other rows come late."""
    known = rows.known_before(at_us)
    order = np.argsort(known.from_us, kind="stable")[::-1]
    folding = Stream(half_lives)
    for piece in np.array_split(order, 3):
        folding.fold(known.take(piece))
    return folding.at(at_us)


def merged(rows: Rows, at_us: int, half_lives: tuple[float, ...]) -> Traces:
    """Summed by machines that each hold some rows, then merged."""
    first, *others = (sum_rows(rows.take(slice(i, None, 3)), at_us, half_lives) for i in range(3))
    for other in others:
        first = merge(first, other)
    return first


def decayed(rows: Rows, at_us: int, half_lives: tuple[float, ...]) -> Traces:
    """Summed early, then brought to the time by forgetting."""
    known = rows.known_before(at_us)
    early = int(known.from_us.max(initial=at_us - 1)) + 1
    return sum_rows(known, early, half_lives).decay_to(at_us)


WAYS: dict[str, Way] = {
    way.__name__: way for way in (batch, split, stream, late_stream, merged, decayed)
}


def listed(traces: Traces, kind: str) -> dict[tuple[int, ...], np.ndarray]:
    """A table as a dictionary from key to all its values."""
    table = getattr(traces, kind)
    keys = [(key >> 32, key & 0xFFFFFFFF) if KINDS[kind] else (key,) for key in table.keys.tolist()]
    assert len(set(keys)) == len(keys), f"{kind}: a key stands twice"
    columns = (table.sums[:, 0], table.sums[:, 1], table.dimensions[:, 0], table.dimensions[:, 1])
    return dict(zip(keys, np.hstack(columns), strict=True))


def assert_close(got: np.ndarray, expected: np.ndarray, scale: float, what: str) -> None:
    """Agreement to 1e-9·max(1, S), S being the largest sum without signs that could enter."""
    worst = float(np.abs(got - expected).max(initial=0.0))
    assert worst <= TOLERANCE * max(1.0, scale), f"{what}: off by {worst}"


def assert_same(first: Traces, second: Traces, scale: float) -> None:
    """The same keys with the same sums, in whatever order."""
    for kind in KINDS:
        one, other = listed(first, kind), listed(second, kind)
        assert one.keys() == other.keys(), kind
        for key, values in one.items():
            assert_close(values, other[key], scale, f"{kind} {key}")


def mass_of(rows: Rows) -> float:
    """All mass without signs, which no sum exceeds."""
    return float(np.abs(rows.good).sum() + np.abs(rows.bad).sum())


def everyone(rows: Rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every truster with every trustee in every organisation, known or not."""
    last = max(rows.truster.max(initial=0), rows.trustee.max(initial=0))
    parties = np.arange(int(last) + 2, dtype=np.int32)
    houses = np.arange(-1, int(rows.organisation.max(initial=0)) + 2, dtype=np.int32)
    grid = np.array(np.meshgrid(parties, parties, houses)).reshape(3, -1)
    return grid[0].copy(), grid[1].copy(), grid[2].copy()
