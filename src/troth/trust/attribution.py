"""Exact shares of a belief: how much each event and each origin added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from troth.traces.decay import rates_of
from troth.traces.origins import (
    CULTURE,
    DIRECT,
    DISPOSITION,
    IN_HOUSE,
    ORIGINS,
    RECIPROCITY,
    REPUTATION,
    ROUNDING,
)

if TYPE_CHECKING:
    from troth.traces.rows import Rows
    from troth.trust.parameters import Parameters
    from troth.types import BoolArray, FloatArray, IntArray


class Who(NamedTuple):
    """One relationship: codes of truster, trustee and the trustee's organisation (−1 for none)."""

    truster: int
    trustee: int
    organisation: int


@dataclass(frozen=True)
class Attribution:
    """Contributions that sum to the belief's distance from its baseline.

    Attributes:
        row: (m,) positions of the rows that enter any term.
        phi: (m, 6, 2) log-odds that each row adds, by origin and sign.
        origins: (6, 2, H) evidence, summed from the same rows.
    """

    row: IntArray
    phi: FloatArray
    origins: FloatArray

    @property
    def by_row(self) -> FloatArray:
        """(m,) what each row adds in all."""
        return np.asarray(self.phi.sum(axis=(1, 2)))

    @property
    def by_origin(self) -> FloatArray:
        """(6, 2) what each origin adds for and against."""
        return np.asarray(self.phi.sum(axis=0))


def entering(rows: Rows, who: Who) -> list[BoolArray]:
    """For each origin, which rows enter its term; only rows outside the pair enter a "without"."""
    truster, trustee = rows.truster == who.truster, rows.trustee == who.trustee
    inside = (rows.organisation == who.organisation) & (who.organisation >= 0)
    of = {
        DIRECT: truster & trustee,
        IN_HOUSE: truster & inside & ~trustee,
        REPUTATION: trustee & ~truster,
        CULTURE: inside & ~trustee & ~truster,
        DISPOSITION: truster & ~trustee,
        RECIPROCITY: (rows.truster == who.trustee) & (rows.trustee == who.truster),
    }
    return [of[i] for i in range(len(ORIGINS))]


def attribute(rows: Rows, who: Who, at_us: int, parameters: Parameters, mean: float) -> Attribution:
    """Share a belief among the rows behind it.

    φ = ±β·ln(1 + S/c)·(mass of the row, decayed / S), summed over half-lives; a Platt slope
    multiplies all. The shares of a term sum to the term exactly, because S is their own sum.

    Args:
        rows: all evidence; rows known at ``at_us`` or later do not count.
        who: the relationship.
        at_us: the time asked about.
        parameters: the weights.
        mean: μ at that time, which ``c`` follows where it is tied.
    """
    known = rows.from_us < at_us
    masks = [mask & known for mask in entering(rows, who)]
    row = np.flatnonzero(np.logical_or.reduce(masks))
    part = rows.take(row)
    factors = np.exp2(-(at_us - part.t_us)[:, None] * rates_of(parameters.half_lives_days))
    masses = np.stack([part.good, part.bad], axis=1)[:, :, None] * factors[:, None, :]
    origins = np.zeros((len(ORIGINS), 2, len(parameters.half_lives_days)))
    phi = np.zeros((row.size, len(ORIGINS), 2))
    c = parameters.concentration(mean)
    for origin, mask in enumerate(masks):
        inside = mask[row]
        total = masses[inside].sum(axis=0)
        total[total <= ROUNDING * np.abs(masses[inside]).sum(axis=0)] = 0.0
        origins[origin] = total
        unit = per_unit_of_mass(total[None], parameters.beta[origin], c[origin])
        phi[inside, origin] = (masses[inside] * unit).sum(axis=2)
    return Attribution(row, phi * parameters.platt_slope, origins)


def per_unit_of_mass(totals: FloatArray, beta: FloatArray, c: FloatArray) -> FloatArray:
    """Log-odds that each unit of mass adds to its term: ±β·ln(1 + S/c)/S, and 0 where S is 0.

    Args:
        totals: (k, 2, H) mass S of one origin by sign and half-life.
        beta: (2, H) weights.
        c: (2,) evidence that counts as one unit of doubt.

    Returns:
        (k, 2, H).
    """
    some = totals > 0
    value = beta * np.log1p(np.maximum(totals, 0.0) / c[:, None]) * np.array([1.0, -1.0])[:, None]
    return np.asarray(np.where(some, value / np.where(some, totals, 1.0), 0.0))
