"""Columns for the belief never rest on what they help to forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.truth.reading.diplomacy_words import Messages, answered, chosen, unseen

GAMES = ("1", "2", "3")


def messages_of(*rows: tuple[str, str, str, int]) -> Messages:
    """Messages by game, sender, receiver and number, all judged and taken for truthful."""
    frame = pd.DataFrame(rows, columns=["game_id", "sender", "receiver", "absolute_message_index"])
    n = len(frame)
    return Messages(frame, frame["game_id"].to_numpy(dtype=str), np.ones(n, bool), np.ones(n))


SIX = messages_of(*[(game, "a", "b", i) for game in ("1", "2", "3", "8") for i in (1, 2)])


def test_no_head_learns_from_the_game_it_reads_nor_from_the_test():
    """A training game is read by the others, a tested one by all training games."""
    seen = []

    def head(train, penalty):
        del penalty
        seen.append(set(SIX.game[train]))
        number = float(len(seen))
        return lambda wanted: np.full(int(wanted.sum()), number)

    said = unseen(head, SIX, GAMES, 1.0)
    learned = {game: seen[int(said[SIX.game == game][0]) - 1] for game in ("1", "2", "3", "8")}
    assert learned == {g: set(GAMES) - {g} for g in GAMES} | {"8": set(GAMES)}


def test_the_penalty_is_chosen_without_the_test():
    """Outcomes of tested games change nothing about the choice."""

    def head(train, penalty):
        del train
        return lambda wanted: np.full(int(wanted.sum()), penalty)

    flipped = Messages(SIX.frame, SIX.game, SIX.judged, np.where(SIX.game == "8", 0.0, 1.0))
    for messages in (SIX, flipped):
        best, _, losses = chosen(head, messages, GAMES, (1.0, 2.0))
        assert best == 2.0
        assert losses["1"] > losses["2"]


def test_answers_are_those_written_before():
    """What the receiver wrote to the sender earlier in the game counts; later words and others' do not."""
    messages = messages_of(
        ("1", "a", "b", 1), ("1", "b", "a", 2), ("1", "a", "b", 3), ("1", "b", "a", 4),
        ("1", "c", "a", 2), ("2", "b", "a", 1),
    )  # fmt: skip
    said = np.array([0.0, 5.0, 0.0, 9.0, 7.0, 3.0])
    found = answered(messages, said)
    assert found[0] == 0.0
    assert found[2] == 5.0 - said.mean()
