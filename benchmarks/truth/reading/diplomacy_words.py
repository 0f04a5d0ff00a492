"""What the words of Diplomacy messages add to the belief: columns for its covariates.

A column of a message rests on that message and earlier ones, never on what the receiver thought of it.
Heads learn from the training games alone; a training game's own rows are read by heads that never saw
that game, so that the belief learns how far to trust a head from rows as unseen as those to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.truth.reading.measure import material, table
from troth.reading.heads.features import Grams, rarity, weighed
from troth.reading.heads.linear import softmax

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd
    from scipy import sparse

    from troth.reading.heads.linear import Linear
    from troth.types import AnyArray, BoolArray, FloatArray

#: Penalties tried, in units of summed log-loss; which one serves is chosen by leaving games out.
ENCODER_PENALTIES = (3_000.0, 8_000.0, 20_000.0)
PHRASE_PENALTIES = (4.0, 8.0, 20.0)
PHRASES = Grams("words", 1, 2)
#: Output of the encoder, before the layer under it.
MEANING = 512
#: Share of what was said before that an earlier message keeps with each newer one.
KEPT = 0.8

if TYPE_CHECKING:
    #: Fits on some messages with a penalty; what is fitted scores any messages.
    Head = Callable[[BoolArray, float], Callable[[BoolArray], FloatArray]]


@dataclass(frozen=True)
class Messages:
    """Every message of the twelve games, in the order of the file.

    Attributes:
        frame: the file.
        game: (n,) its game.
        judged: (n,) whether the receiver said what they thought of it.
        honoured: (n,) 1 where they took it for truthful.
    """

    frame: pd.DataFrame
    game: AnyArray
    judged: BoolArray
    honoured: FloatArray

    @classmethod
    def read(cls) -> Messages:
        """All of them."""
        frame = table("diplomacy/messages.csv.gz")
        label = frame["receiver_label"].str.lower()
        return cls(
            frame,
            frame["game_id"].to_numpy(dtype=str),
            label.isin(["true", "false"]).to_numpy(),
            (label == "true").to_numpy(dtype=np.float64),
        )

    def of(self, games: Iterable[str]) -> BoolArray:
        """(n,) whether a message belongs to one of the games."""
        return np.isin(self.game, list(games))


def encoder_head(messages: Messages) -> Head:
    """Logistic regression on the sentence encoder's output."""
    encoded = material(messages.frame["text"].tolist()).numbers["encoder"]
    rows = np.ascontiguousarray(encoded[:, :MEANING], dtype=np.float64)

    def fit(train: BoolArray, penalty: float) -> Callable[[BoolArray], FloatArray]:
        head = softmax(rows[train], _classes(messages.honoured[train]), penalty)
        return lambda wanted: _log_odds(head, rows[wanted])

    return fit


def phrase_head(messages: Messages) -> Head:
    """Logistic regression on words and pairs of words."""
    counts = PHRASES.count(messages.frame["text"].tolist())

    def fit(train: BoolArray, penalty: float) -> Callable[[BoolArray], FloatArray]:
        weight = rarity(counts[np.flatnonzero(train)], 3)
        used = np.flatnonzero(weight)
        rows = weighed(counts, weight)[:, used]
        head = softmax(rows[np.flatnonzero(train)], _classes(messages.honoured[train]), penalty)
        return lambda wanted: _log_odds(head, rows[np.flatnonzero(wanted)])

    return fit


def unseen(head: Head, messages: Messages, games: tuple[str, ...], penalty: float) -> FloatArray:
    """What a head says of every message, learned from ``games`` without the message's own game.

    Returns:
        (n,) log-odds that the receiver takes it for truthful.
    """
    said = np.empty(len(messages.game))
    for game in games:
        learn = messages.of(set(games) - {game}) & messages.judged
        own = messages.of((game,))
        said[own] = head(learn, penalty)(own)
    rest = ~messages.of(games)
    if rest.any():
        said[rest] = head(messages.of(games) & messages.judged, penalty)(rest)
    return said


def chosen(
    head: Head, messages: Messages, games: tuple[str, ...], penalties: tuple[float, ...]
) -> tuple[float, FloatArray, dict[str, float]]:
    """The penalty that forecasts left-out training games best.

    Returns:
        It, what the head says with it (n,), and the log-loss of each penalty on the left-out games.
    """
    held = messages.of(games) & messages.judged
    y = messages.honoured[held]
    tried = {}
    for penalty in penalties:
        said = unseen(head, messages, games, penalty)
        tried[penalty] = (float((np.logaddexp(0, said[held]) - y * said[held]).mean()), said)
    best = min(tried, key=lambda p: tried[p][0])
    return best, tried[best][1], {f"{p:g}": round(loss, 5) for p, (loss, _) in tried.items()}


def plain_columns(messages: Messages) -> dict[str, FloatArray]:
    """What needs no learning: ln(1 + characters), and whether it asks."""
    text = messages.frame["text"]
    return {
        "length": np.log1p(text.str.len().to_numpy(dtype=np.float64)),
        "question": text.str.contains("?", regex=False).to_numpy(dtype=np.float64),
    }


def answered(messages: Messages, said: FloatArray) -> FloatArray:
    """(n,) decayed mean of ``said`` over what the receiver wrote to the sender before, 0 before the first.

    Args:
        messages: all of them.
        said: (n,) of each message.
    """
    frame = messages.frame
    order = np.lexsort(
        (np.arange(len(frame)), frame["absolute_message_index"].astype(int), messages.game)
    )
    sums: dict[tuple[str, str, str], tuple[float, float]] = {}
    found = np.zeros(len(frame))
    middle = said.mean()
    parties = list(zip(messages.game, frame["sender"], frame["receiver"], strict=True))
    for at in order:
        game, sender, receiver = parties[at]
        total, count = sums.get((game, receiver, sender), (0.0, 0.0))
        found[at] = total / count if count else 0.0
        total, count = sums.get((game, sender, receiver), (0.0, 0.0))
        sums[game, sender, receiver] = (KEPT * total + said[at] - middle, KEPT * count + 1)
    return found


def _classes(honoured: FloatArray) -> FloatArray:
    return np.column_stack([1 - honoured, honoured])


def _log_odds(head: Linear, rows: AnyArray | sparse.csr_array) -> FloatArray:
    scores = head.scores(rows)
    return scores[:, 1] - scores[:, 0]
