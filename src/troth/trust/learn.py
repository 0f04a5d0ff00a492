"""Fit and judge in one go: parameters learned from all outcomes, figures from held-out ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from troth.traces.decay import HALF_LIVES_DAYS
from troth.trust.clock import iso_of
from troth.trust.fit import Fitter, TooFewOutcomesError
from troth.trust.judge import Judgement, Protocol, judge
from troth.trust.opening import opened
from troth.trust.trials import Ground
from troth.trust.worlds import laid_end_to_end

if TYPE_CHECKING:
    import pyarrow as pa

    from troth.ledger.events import Events
    from troth.trust.judge import Progress
    from troth.trust.parameters import Parameters


@dataclass(frozen=True)
class Fitted:
    """What a fit gives.

    Attributes:
        parameters: learned from every outcome, stamped.
        figures: on held-out outcomes: "model", "frozen", "baselines", "rows", "params" and more.
        predictions: one row a held-out outcome: event_id, probability.
    """

    parameters: Parameters
    figures: dict[str, Any]
    predictions: pa.Table


def fit(
    events: Any,
    *,
    protocol: Protocol | None = None,
    covariates: tuple[str, ...] = (),
    half_lives_days: tuple[float, ...] = HALF_LIVES_DAYS,
    baselines: bool = True,
    seed: int = 0,
    progress: Progress | None = None,
) -> Fitted:
    """Learn the belief's weights from hard outcomes and judge them on later ones.

    Args:
        events: checked events (``troth.read_events``), a path, an Arrow table, or a pandas or Polars
            frame.
        protocol: what is held out; by default the last 40% in time, refitted at eight points.
        covariates: numeric extra columns that may shift the belief where the data supports them.
        half_lives_days: strictly increasing, in days.
        baselines: whether to run the baselines beside.
        seed: of the baselines that draw at random; the belief itself draws nothing.
        progress: told of (what, done, all).

    Raises:
        ValueError: too few outcomes, nothing to test, or a column that is missing or not numeric.
    """
    asked = protocol or Protocol()
    fitter = Fitter(ground_of(opened(events), asked), half_lives_days, covariates)
    kept = fitter.ground.events
    judgement = judge(fitter, asked, baselines=baselines, seed=seed, progress=progress)
    outcomes = len(fitter.trials({}))
    parameters = fitter.fit(outcomes, intervals=True)
    figures = judgement.figures
    stamp = {
        "fitted_on": fingerprint(kept),
        "events": len(kept),
        "outcomes": outcomes,
        "last_event": iso_of(int(kept.t_us[-1])),
        "seed": seed,
        "held_out": _finite(figures["model"]),
        "version": _version(),
    }
    parameters = replace(parameters, stamp=stamp)
    return Fitted(
        parameters,
        figures | _account(judgement, fitter, parameters, asked),
        _predictions(judgement, fitter),
    )


def ground_of(events: Events, protocol: Protocol) -> Ground:
    """What a fit stands on: corrected events left out, groups that are worlds laid end to end.

    Raises:
        TooFewOutcomesError: there are no events.
        ValueError: the group column is not in the events.
    """
    from troth.ledger.evidence import evidence_rows, without_retracted

    kept = without_retracted(events)
    evidence = evidence_rows(kept)
    if not len(evidence):
        msg = "there are no events to learn from"
        raise TooFewOutcomesError(msg)
    if protocol.group is not None:
        evidence = laid_end_to_end(evidence, kept, protocol.group, protocol.test_groups)
    return Ground.of(evidence, kept)


def fingerprint(events: Events) -> str:
    """BLAKE2 of ids, times, outcomes and weights: the same events give the same fingerprint."""
    digest = hashlib.blake2b(digest_size=16)
    for name in ("t_us", "outcome", "weight"):
        digest.update(np.ascontiguousarray(events.table[name].to_numpy()).tobytes())
    for name in ("event_id", "truster", "trustee", "kind"):
        digest.update("\0".join(events.table[name].cast("string").to_pylist()).encode())
    return digest.hexdigest()


def _finite(figures: dict[str, Any]) -> dict[str, Any]:
    """Without what could not be measured: TOML has no word for it."""
    return {k: v for k, v in figures.items() if isinstance(v, str) or np.isfinite(v)}


def _version() -> str:
    from troth import __version__

    return __version__


def _account(
    judgement: Judgement, fitter: Fitter, parameters: Parameters, protocol: Protocol
) -> dict[str, Any]:
    """How the figures came about, for whoever wants to have them again."""
    known = fitter.trials({}).from_us
    start = int(judgement.place[0])
    return {
        "rows": int(judgement.place.size),
        "trained_rows": start,
        "test_from": iso_of(int(known[start])),
        "refits": sum(1 for point in judgement.refitted_at if point > start),
        "refitted_at": judgement.refitted_at,
        "group": protocol.group,
        "params": parameters.to_dict(),
    }


def _predictions(judgement: Judgement, fitter: Fitter) -> pa.Table:
    import pyarrow as pa

    place = fitter.trials({}).event[judgement.place]
    ids = fitter.ground.events.table["event_id"].combine_chunks().take(pa.array(place))
    return pa.table({"event_id": ids, "probability": judgement.probability})
