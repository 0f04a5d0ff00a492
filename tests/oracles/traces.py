"""The traces again, slowly and plainly: one dictionary a kind of key, one power a row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.decay import DAY_US

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.traces.rows import Rows

HALF_LIVES = (0.25, 2.0, 14.0, 90.0, float("inf"))
#: What may be left of a difference by rounding alone.
ROUNDING = 1e-9


def left(elapsed_us: int, half_life_days: float) -> float:
    """The share of a mass that is left after a time."""
    return 2.0 ** -min(1000.0, elapsed_us / (half_life_days * DAY_US))


class Sums:
    """Sums by kind of key, then key: arrays (2, H), and (2, 4) by dimension at 90 days."""

    def __init__(
        self, rows: Rows, at_us: int, half_lives: Sequence[float], known: np.ndarray | None = None
    ):
        self.shape = (2, len(half_lives))
        self.sums: dict[str, dict[tuple[int, ...], np.ndarray]] = defaultdict(dict)
        self.dimensions: dict[str, dict[tuple[int, ...], np.ndarray]] = defaultdict(dict)
        known = rows.from_us < at_us if known is None else known
        for i in np.flatnonzero(known):
            mass = np.array([[rows.good[i]], [rows.bad[i]]])
            elapsed = at_us - int(rows.t_us[i])
            decayed = mass * np.array([left(elapsed, life) for life in half_lives])
            by_dimension = mass * left(elapsed, 90.0) * rows.loadings[i]
            for kind, key in keys(rows, i).items():
                self.sums[kind][key] = self.sums[kind].get(key, 0.0) + decayed
                self.dimensions[kind][key] = self.dimensions[kind].get(key, 0.0) + by_dimension

    def of(self, kind: str, *key: int) -> np.ndarray:
        """One key's sums; zeros where there is no evidence."""
        return self.sums[kind].get(key, np.zeros(self.shape))

    def origins(self, truster: int, trustee: int, organisation: int) -> np.ndarray:
        """(6, 2, H) the evidence of each origin."""
        pair = self.of("pair", truster, trustee)
        house = self.of("house", truster, organisation)
        inside = self.of("triple", truster, trustee, organisation)
        whole = self.of("organisation", organisation) - self.of(
            "org_trustee", organisation, trustee
        )
        return np.array(
            [
                np.maximum(pair, 0.0),
                without(house, inside),
                without(self.of("trustee", trustee), pair),
                without(whole, house - inside),
                without(self.of("truster", truster), pair),
                np.maximum(self.of("pair", trustee, truster), 0.0),
            ]
        )


def keys(rows: Rows, i: int) -> dict[str, tuple[int, ...]]:
    """The keys of one row; those of an organisation only where there is one."""
    truster, trustee = int(rows.truster[i]), int(rows.trustee[i])
    organisation = int(rows.organisation[i])
    found: dict[str, tuple[int, ...]] = {
        "pair": (truster, trustee),
        "trustee": (trustee,),
        "truster": (truster,),
    }
    if organisation >= 0:
        found["house"] = (truster, organisation)
        found["organisation"] = (organisation,)
        found["org_trustee"] = (organisation, trustee)
        found["triple"] = (truster, trustee, organisation)
    return found


def without(minuend: np.ndarray, subtrahend: np.ndarray) -> np.ndarray:
    """A difference, never negative, and 0 where only rounding is left."""
    difference = minuend - subtrahend
    return np.where(difference > ROUNDING * minuend, difference, 0.0)


def origins_at(
    rows: Rows, at_us: int, who: Sequence[tuple[int, int, int]], half_lives: Sequence[float]
) -> np.ndarray:
    """(n, 6, 2, H) the origins of several forecasts at one time."""
    sums = Sums(rows, at_us, half_lives)
    return np.array([sums.origins(*one) for one in who]).reshape(-1, 6, 2, len(half_lives))


def prequential(rows: Rows, half_lives: Sequence[float], *, after: bool = False) -> np.ndarray:
    """(n, 6, 2, H) the origins of each row, summed anew from the rows known before it."""
    out = []
    for i in range(len(rows)):
        now = int(rows.from_us[i])
        known = rows.from_us <= now if after else rows.from_us < now
        sums = Sums(rows, now, half_lives, known)
        out.append(
            sums.origins(int(rows.truster[i]), int(rows.trustee[i]), int(rows.organisation[i]))
        )
    return np.array(out).reshape(-1, 6, 2, len(half_lives))
