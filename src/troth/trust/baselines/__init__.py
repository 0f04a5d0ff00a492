"""Forecasts that the belief is measured against, in the same run and on the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.trust.baselines.history import History
from troth.trust.baselines.rates import global_rate, persistence, trustee_mean
from troth.trust.baselines.ratings import crossed_elo, glicko2_style
from troth.trust.baselines.reputation import beta, hierarchical_beta_forgetting

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.types import FloatArray

__all__ = ["BASELINES", "History"]

#: Each takes a history and forecasts all of its rows, every row from strictly earlier ones.
BASELINES: dict[str, Callable[[History], FloatArray]] = {
    "global_rate": global_rate,
    "trustee_mean": trustee_mean,
    "beta": beta,
    "hierarchical_beta_forgetting": hierarchical_beta_forgetting,
    "crossed_elo": crossed_elo,
    "glicko2_style": glicko2_style,
    "persistence": persistence,
}
