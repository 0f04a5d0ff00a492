"""How some relationships unfolded, from their own rows and what is kept of everybody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.keys import keys_of
from troth.traces.origins import CULTURE, DIRECT, IN_HOUSE, REPUTATION, ROUNDING
from troth.traces.prequential import prequential
from troth.trust.belief import beliefs_of, contributions
from troth.trust.stage import Moment, Stages, fold_stages
from troth.trust.trajectory import moment_of

if TYPE_CHECKING:
    from troth.traces.rows import Rows
    from troth.trust.belief import Beliefs
    from troth.trust.parameters import Parameters
    from troth.types import AnyArray, FloatArray, IntArray


@dataclass(frozen=True)
class Elsewhere:
    """What others lived, as it was known once each of m rows was.

    Attributes:
        row: (m,) positions among the rows.
        trustee: (m, 2, H) sums of the trustee, anybody's.
        organisation: (m, 2, H) sums of the trustee's organisation; zeros for none.
        org_trustee: (m, 2, H) sums of the trustee in that organisation; zeros for none.
    """

    row: IntArray
    trustee: FloatArray
    organisation: FloatArray
    org_trustee: FloatArray


@dataclass(frozen=True)
class Unfolding:
    """What was believed as each row became known, and where the relationships then stand.

    Attributes:
        others: (n,) log-odds that other people's experience added.
        means: (n,) base rates.
        beliefs: (n,) once each row's instant was known.
        moments: (n,) what stages look at.
        stages: after the last row of each relationship.
    """

    others: FloatArray
    means: FloatArray
    beliefs: Beliefs
    moments: Moment
    stages: Stages


def _without(minuend: AnyArray, subtrahend: AnyArray) -> FloatArray:
    difference = minuend - subtrahend
    return np.asarray(np.where(difference > ROUNDING * minuend, difference, 0.0))


def others_of(
    origins: FloatArray, elsewhere: Elsewhere, parameters: Parameters, means: FloatArray
) -> FloatArray:
    """(m,) log-odds that other people's experience adds to each row of ``elsewhere``.

    Args:
        origins: (m, 6, 2, H) of the same rows, of which direct and house are read.
        elsewhere: sums that include the relationship's own evidence.
        parameters: the weights.
        means: (m,) base rates.
    """
    others = np.zeros_like(origins)
    others[:, REPUTATION] = _without(elsewhere.trustee, origins[:, DIRECT])
    others[:, CULTURE] = _without(
        elsewhere.organisation - elsewhere.org_trustee, origins[:, IN_HOUSE]
    )
    return np.asarray(contributions(others, parameters, means).sum(axis=(1, 2)))


def unfold(
    rows: Rows,
    relation: IntArray,
    open_change: AnyArray,
    known: tuple[FloatArray, FloatArray],
    elsewhere: Elsewhere,
    parameters: Parameters,
) -> Unfolding:
    """Walk through the rows of some trusters once more.

    Args:
        rows: all rows of these trusters, sorted by ``from_us``.
        relation: (n,) which relationship each row belongs to; −1 for rows that only add to
            disposition.
        open_change: (n,) breaches opened (+) or closed (−).
        known: (n,) what others added and (n,) base rate, as kept; the first is replaced where
            ``elsewhere`` says anew.
        elsewhere: of the rows that are new.
        parameters: the weights.

    Returns:
        One entry a row whose relation is not −1, in order; relations are numbered from 0.
    """
    every = np.ones(len(rows), dtype=np.bool_)
    origins = prequential(rows, keys_of(rows), every, parameters.half_lives_days, after=True)
    others, means = known[0].copy(), known[1]
    others[elsewhere.row] = others_of(
        origins[elsewhere.row], elsewhere, parameters, means[elsewhere.row]
    )
    mine = relation >= 0
    origins, others, means = origins[mine], others[mine], means[mine]
    origins[:, (REPUTATION, CULTURE)] = 0.0
    beliefs = beliefs_of(origins, parameters, means, others)
    moments = moment_of(origins, beliefs, parameters, means)
    codes = relation[mine].astype(np.int32)
    count = int(codes.max(initial=-1)) + 1
    stages = fold_stages(codes, rows.from_us[mine], moments, open_change[mine], count)
    return Unfolding(others, means, beliefs, moments, stages)
