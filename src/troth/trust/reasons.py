"""The few things that moved a belief most, for a table of many beliefs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from troth.traces.decay import fill_factors, powers_of, rates_of
from troth.traces.origins import DIRECT, ORIGINS, REPUTATION
from troth.trust.attribution import per_unit_of_mass

if TYPE_CHECKING:
    import pyarrow as pa

    from troth.ledger.events import Events
    from troth.ledger.evidence import Evidence
    from troth.trust.parameters import Parameters
    from troth.trust.standing import Standing
    from troth.types import FloatArray, IntArray

REASONS: Final = 3
#: A reason smaller than this is no reason.
LEAST: Final = 5e-3


@njit(cache=True, nogil=True)
def _insert(phi, who, best_phi, best_who):
    """Keep the largest in magnitude, largest first."""
    i = best_phi.size - 1
    if abs(phi) <= abs(best_phi[i]):
        return
    while i > 0 and abs(phi) > abs(best_phi[i - 1]):
        best_phi[i] = best_phi[i - 1]
        best_who[i] = best_who[i - 1]
        i -= 1
    best_phi[i] = phi
    best_who[i] = who


@njit(cache=True, nogil=True)
def _largest(of_row, t_us, good, bad, at_us, share, others, rates, powers, best_phi, best_who):
    factors = np.empty(rates.size)
    for key in range(others.shape[0]):
        for origin in range(others.shape[1]):
            _insert(others[key, origin], -1 - origin, best_phi[key], best_who[key])
    for row in range(of_row.size):
        key = of_row[row]
        fill_factors(at_us - t_us[row], rates, powers, factors)
        phi = 0.0
        for h in range(rates.size):
            phi += factors[h] * (good[row] * share[key, 0, h] + bad[row] * share[key, 1, h])
        _insert(phi, row, best_phi[key], best_who[key])


def largest_reasons(
    standing: Standing, parameters: Parameters, at_us: int
) -> tuple[FloatArray, IntArray]:
    """The three largest contributions to each belief: own events, and other origins as a whole.

    Returns:
        (k, 3) log-odds, largest first, and (k, 3) the row behind each; −1 − i for origin i.
    """
    relations, rates = standing.relations, rates_of(parameters.half_lives_days)
    own = REPUTATION if relations.of_newcomers else DIRECT
    c = parameters.concentration(standing.mean)[own]
    beta = parameters.beta[own] * parameters.platt_slope
    share = per_unit_of_mass(standing.origins[:, own], beta, c)
    others = standing.beliefs.parts.sum(axis=2)
    others[:, own] = 0.0
    best_phi = np.zeros((len(relations), REASONS))
    best_who = np.zeros((len(relations), REASONS), dtype=np.int64)
    rows = relations.rows
    _largest(
        relations.of_row, rows.t_us, rows.good, rows.bad, at_us, share, others,
        rates, powers_of(rates), best_phi, best_who,
    )  # fmt: skip
    return best_phi, best_who


def reason_columns(
    found: tuple[FloatArray, IntArray], standing: Standing, evidence: Evidence, events: Events
) -> list[pa.Array]:
    """Three text columns such as ``promise_broken hotel-000123 -0.82`` or ``reputation +0.41``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    best_phi, best_who = found
    kinds, ids = (events.table[n].combine_chunks().cast("string") for n in ("kind", "event_id"))
    columns = []
    for i in range(REASONS):
        who, phi = best_who[:, i], best_phi[:, i]
        row = standing.relations.place[np.maximum(who, 0)] if len(standing.relations.place) else who
        event = pa.array(evidence.event[row] if len(evidence) else row, mask=who < 0)
        named = pc.binary_join_element_wise(pc.take(kinds, event), pc.take(ids, event), " ")
        origin = pa.array(np.where(who < 0, -1 - who, 0), mask=who >= 0)
        text = pc.coalesce(named, pc.take(pa.array(ORIGINS), origin))
        number = pc.cast(pa.array(np.round(np.abs(phi), 2)), pa.string())
        sign = pa.array(np.where(phi < 0, "-", "+"))
        full = pc.binary_join_element_wise(text, pc.binary_join_element_wise(sign, number, ""), " ")
        columns.append(
            pc.if_else(pa.array(np.abs(phi) < LEAST), pa.scalar(None, pa.string()), full)
        )
    return columns
