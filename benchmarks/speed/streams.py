"""Events a second on one core: troth's stream, one pass of features for fitting, and peers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.speed.data import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from troth.traces.rows import Rows

Event = tuple[int, int, int, int, float, float]


def _rows(events: int) -> Rows:
    from troth.traces.rows import Rows

    chunks = columns(events)
    column = {name: np.concatenate([vars(c)[name] for c in chunks]) for name in vars(chunks[0])}
    t_us, weight, outcome = column["t_us"], column["weight"], column["outcome"]
    return Rows(
        column["truster"], column["trustee"], column["organisation"],
        t_us, t_us, weight * outcome, weight * (1.0 - outcome), np.full((events, 4), 0.25),
    )  # fmt: skip


def _events(count: int) -> list[Event]:
    """The first events of a larger world, so that few keys repeat, as plain Python values."""
    chunk = columns(max(count, 1_000_000))[0]
    return list(zip(*(column[:count].tolist() for column in vars(chunk).values()), strict=True))


def _rate(events: int, run: Callable[[], object]) -> dict[str, Any]:
    """Events per second of this thread's processor time: others on the machine do not count."""
    started = time.thread_time()
    run()
    took = time.thread_time() - started
    return {"events": events, "per_second": events / took}


def _one_by_one(events: Iterable[Event], each: Callable[..., object]) -> None:
    for event in events:
        each(*event)


def troth_arrays(events: str) -> dict[str, Any]:
    """Fold arrays, each in order of time, ten sums."""
    from troth.traces.stream import Stream

    rows = _rows(int(events))
    Stream(dimensions=False).fold(rows.take(slice(0, 10)))
    stream = Stream(dimensions=False)
    return _rate(len(rows), lambda: stream.fold(rows))


def troth_late_arrays(events: str) -> dict[str, Any]:
    """Fold arrays that arrive in random order, ten sums and eight by dimension."""
    from troth.traces.stream import Stream

    rows = _rows(int(events))
    rows = rows.take(np.random.default_rng(0).permutation(len(rows)))
    Stream().fold(rows.take(slice(0, 10)))
    stream = Stream()
    return _rate(len(rows), lambda: stream.fold(rows))


def troth_one_by_one(count: str) -> dict[str, Any]:
    """One compiled call an event."""
    from troth.traces.stream import Stream

    events, stream = _events(int(count)), Stream(dimensions=False)
    stream.observe(*events[0])
    return _rate(len(events), lambda: _one_by_one(events, stream.observe))


def troth_features(events: str) -> dict[str, Any]:
    """The six origins just before each of 100,000 judged events, numbering of keys included."""
    from troth.traces.keys import keys_of
    from troth.traces.prequential import prequential

    rows = _rows(int(events))
    few = rows.take(slice(0, 10))
    prequential(few, keys_of(few), np.ones(10, dtype=np.bool_))
    judged = np.zeros(len(rows), dtype=np.bool_)
    judged[-100_000:] = True
    return _rate(len(rows), lambda: prequential(rows, keys_of(rows), judged))


def troth_features_of_all(events: str) -> dict[str, Any]:
    """The six origins just before every event, 32,768 at a time, keys numbered beforehand."""
    from troth.traces.decay import HALF_LIVES_DAYS, powers_of, rates_of
    from troth.traces.keys import keys_of
    from troth.traces.prequential import prequential, walk

    rows = _rows(int(events))
    keys, rates, step = keys_of(rows), rates_of(HALF_LIVES_DAYS), 32_768
    everyone = np.ones(step, dtype=np.bool_)
    few = rows.take(slice(0, 10))
    prequential(few, keys_of(few), everyone[:10])
    state = np.zeros((keys.size, 2, rates.size))
    reference = np.full(keys.size, np.iinfo(np.int64).min // 4)
    out = np.empty((step, 6, 2, rates.size))

    def run() -> None:
        for start in range(0, len(rows), step):
            part = slice(start, start + step)
            walk(
                keys.ids[part], rows.t_us[part], rows.from_us[part], rows.good[part],
                rows.bad[part], everyone, rates, powers_of(rates), state, reference, False, out,
            )  # fmt: skip

    return _rate(len(rows), run)


def dictionary(count: str) -> dict[str, Any]:
    """A plain dictionary that counts each pair: the floor of any Python."""
    counts: dict[tuple[int, int], float] = {}

    def each(truster: int, trustee: int, _o: int, _t: int, _y: float, weight: float) -> None:
        pair = (truster, trustee)
        counts[pair] = counts.get(pair, 0.0) + weight

    events = _events(int(count))
    return _rate(len(events), lambda: _one_by_one(events, each))


def river_logistic(count: str) -> dict[str, Any]:
    """river: logistic regression, learning from two features an event."""
    from river import linear_model

    model = linear_model.LogisticRegression()
    events = _events(int(count))
    return _rate(
        len(events),
        lambda: _one_by_one(
            events, lambda a, _b, _o, _t, y, w: model.learn_one({"a": a % 7, "w": w}, y > 0.5)
        ),
    )


def openskill_rating(count: str) -> dict[str, Any]:
    """openskill: one Plackett-Luce game an event."""
    from openskill.models import PlackettLuce

    model, ratings = PlackettLuce(), {}

    def each(truster: int, trustee: int, _o: int, _t: int, y: float, _w: float) -> None:
        a, b = ratings.get(~truster) or model.rating(), ratings.get(trustee) or model.rating()
        (ratings[~truster],), (ratings[trustee],) = model.rate(
            [[a], [b]], ranks=[2, 1] if y > 0.5 else [1, 2]
        )

    events = _events(int(count))
    return _rate(len(events), lambda: _one_by_one(events, each))


def trueskill_rating(count: str) -> dict[str, Any]:
    """trueskill: one game an event."""
    import trueskill

    ratings: dict[int, Any] = {}

    def each(truster: int, trustee: int, _o: int, _t: int, y: float, _w: float) -> None:
        a = ratings.get(~truster) or trueskill.Rating()
        b = ratings.get(trustee) or trueskill.Rating()
        won, lost = trueskill.rate_1vs1(*((b, a) if y > 0.5 else (a, b)))
        ratings[~truster], ratings[trustee] = (lost, won) if y > 0.5 else (won, lost)

    events = _events(int(count))
    return _rate(len(events), lambda: _one_by_one(events, each))


def glicko2_rating(count: str) -> dict[str, Any]:
    """glicko2: the trustee's rating, one period an event."""
    import glicko2

    players: dict[int, Any] = {}

    def each(_a: int, trustee: int, _o: int, _t: int, y: float, _w: float) -> None:
        player = players.setdefault(trustee, glicko2.Player())
        player.update_player([1500], [350], [y > 0.5])

    events = _events(int(count))
    return _rate(len(events), lambda: _one_by_one(events, each))
