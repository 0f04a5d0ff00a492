"""Where relationships stand at a moment, read from the kept sums alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.hashing import pack
from troth.traces.kept import brought, origins_of, summed
from troth.traces.keys import (
    HOUSE,
    ORG_TRUSTEE,
    ORGANISATION,
    PAIR,
    REVERSE,
    TRIPLE,
    TRUSTEE,
    TRUSTER,
)
from troth.web.ledger.sums import Kept, Kind, totals

if TYPE_CHECKING:
    from troth.trust.parameters import Parameters
    from troth.types import FloatArray, IntArray


@dataclass(frozen=True)
class Whose:
    """k relationships of one level.

    Attributes:
        truster: (k,) numbers of parties.
        trusted: (k,) house or party.
        organisation: (k,) the party's house, 0 for none; ignored at the level of houses.
        of_house: whether a house stands in the place of its members.
    """

    truster: IntArray
    trusted: IntArray
    organisation: IntArray
    of_house: bool

    def __len__(self) -> int:
        return int(self.truster.size)


@dataclass(frozen=True)
class Sums:
    """What k relationships rest on.

    Attributes:
        origins: (k, 6, 2, H) evidence.
        dimensions: (k, 2, 4) own mass for and against by dimension, house included.
    """

    origins: FloatArray
    dimensions: FloatArray


def _total(
    kind: Kind, first: IntArray, second: IntArray | None = None
) -> list[tuple[int, int, int]]:
    others = np.zeros_like(first) if second is None else second
    return [(int(kind), f, s) for f, s in zip(first.tolist(), others.tolist(), strict=True)]


def sums_now(whose: Whose, ground: Kept, at_us: int, parameters: Parameters) -> Sums:
    """Read the sums of relationships.

    Args:
        whose: the relationships.
        ground: finest sums of all their trusters, and of the trusted where trust may be returned.
        at_us: microseconds UTC, not before anything on record.
        parameters: the weights, whose half-lives the sums were kept at.

    Returns:
        Evidence by origin, and by dimension.
    """
    lives = parameters.half_lives_days
    values = brought(ground.values, ground.t_us, at_us, lives)
    keys = np.array(list(ground.place), dtype=np.int64).reshape(-1, 3)
    truster, trustee, house = keys[:, 0], keys[:, 1], keys[:, 2]
    wide = 2 * len(lives)
    found = np.zeros((len(whose), 8, values.shape[1]))
    if whose.of_house:
        housed = np.where((house > 0) & (truster != house), truster, -1)
        found[:, PAIR] = summed(
            values,
            np.where(housed >= 0, pack(truster, house), -1),
            pack(whose.truster, whose.trusted),
        )
        found[:, TRUSTER] = summed(values, housed, whose.truster)
        busy = {TRUSTEE: _total(Kind.ORGANISATION, whose.trusted)}
        dimensions = found[:, PAIR, wide:]
    else:
        of = whose.organisation
        in_house = np.where(house > 0, pack(truster, house), -1)
        found[:, PAIR] = summed(values, pack(truster, trustee), pack(whose.truster, whose.trusted))
        found[:, TRUSTER] = summed(values, truster, whose.truster)
        found[:, HOUSE] = summed(values, in_house, pack(whose.truster, np.where(of > 0, of, -1)))
        found[:, REVERSE] = summed(
            values, pack(truster, trustee), pack(whose.trusted, whose.truster)
        )
        found[:, TRIPLE] = _within(values, ground, whose)
        busy = {
            TRUSTEE: _total(Kind.TRUSTEE, whose.trusted),
            ORGANISATION: _total(Kind.ORGANISATION, of),
            ORG_TRUSTEE: _total(Kind.ORG_TRUSTEE, of, np.where(of > 0, whose.trusted, 0)),
        }
        dimensions = found[:, HOUSE, wide:] - found[:, TRIPLE, wide:] + found[:, PAIR, wide:]
    total = totals({key for column in busy.values() for key in column}, lives)
    read = brought(total.values, total.t_us, at_us, lives)
    for column, wanted in busy.items():
        found[:, column, :wide] = read[total.rows_of(wanted)]
    sums = found[:, :, :wide].reshape(len(whose), 8, 2, len(lives))
    return Sums(origins_of(sums), dimensions.reshape(len(whose), 2, 4))


def _within(values: FloatArray, ground: Kept, whose: Whose) -> FloatArray:
    """(k, W) sums of each pair inside the one organisation asked about."""
    found = np.zeros((len(whose), values.shape[1]))
    columns = (whose.truster.tolist(), whose.trusted.tolist(), whose.organisation.tolist())
    for row, key in enumerate(zip(*columns, strict=True)):
        at = ground.place.get(key) if key[2] else None
        if at is not None:
            found[row] = values[at]
    return found
