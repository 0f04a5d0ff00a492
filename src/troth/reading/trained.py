"""What a team's own labels teach: acts by turn, satisfaction by turn, outlooks by dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from troth.reading.heads.forecaster import Forecaster
from troth.reading.outlook import distributions, mean_grade
from troth.reading.rows import dialogue_rows, prefixes, turn_rows
from troth.reading.schema import CUSTOMER, GRADES, STAFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.rows import TurnRows
    from troth.reading.schema import Dialogue
    from troth.types import AnyArray, FloatArray

FORMAT: Final = 1


@dataclass(frozen=True)
class ActHead:
    """Acts of one side's turns.

    Attributes:
        names: the acts.
        head: forecasts the share of raters who see each.
        least: by act, the share from which it is said to be there.
    """

    names: tuple[str, ...]
    head: Forecaster
    least: FloatArray


@dataclass(frozen=True)
class Trained:
    """The heads; those for which there were no labels are absent.

    Attributes:
        acts: by side.
        outlooks: heads for dialogues, each with the targets it forecasts and their resolution.
        turns: the head for satisfaction 0–1 after a turn.
        stamp: seed, version and figures of the training.
    """

    acts: dict[str, ActHead] = field(default_factory=dict)
    outlooks: tuple[tuple[tuple[str, ...], float, Forecaster], ...] = ()
    turns: Forecaster | None = None
    stamp: dict[str, Any] = field(default_factory=dict)

    def shares(self, dialogues: Sequence[Dialogue]) -> dict[str, tuple[TurnRows, FloatArray]]:
        """By side, its turns and the share of raters that would see each act in them."""
        found = {}
        for side, own in self.acts.items():
            rows = turn_rows(dialogues, side)
            found[side] = rows, np.clip(own.head.predict(rows.inputs), 0.0, 1.0)
        return found

    def outlook(
        self, dialogues: Sequence[Dialogue], shares: dict[str, tuple[TurnRows, FloatArray]]
    ) -> dict[str, FloatArray]:
        """By target, (n, 5) distributions."""
        if not self.outlooks:
            return {}
        rows = dialogue_rows(dialogues, act_columns(len(dialogues), shares))
        found: dict[str, FloatArray] = {}
        for targets, resolution, head in self.outlooks:
            said = head.predict(rows)
            width = len(GRADES) - 1
            for place, target in enumerate(targets):
                own = said[:, place * width : (place + 1) * width]
                found[target] = distributions(own, resolution)
        return found

    def after_turns(self, dialogues: Sequence[Dialogue]) -> list[FloatArray] | None:
        """Satisfaction 0–1 as forecast after each turn, by dialogue; None where it was not learned.

        Learned from rated turns where there were any, else the forecast for dialogues of each
        beginning.
        """
        if self.turns is None and not any("satisfaction" in t for t, _, _ in self.outlooks):
            return None
        stood = prefixes(dialogues)
        after: FloatArray = np.zeros(0)
        if stood and self.turns is not None:
            after = np.clip(self.turns.predict(dialogue_rows(stood))[:, 0], 0.0, 1.0)
        elif stood:
            after = (mean_grade(self.outlook(stood, self.shares(stood))["satisfaction"]) + 2) / 4
        ends = np.cumsum([len(dialogue.turns) for dialogue in dialogues])
        return np.split(after, ends[:-1]) if len(dialogues) else []

    def arrays(self) -> dict[str, Any]:
        """What to keep in a file."""
        import orjson

        found: dict[str, Any] = {"format": np.array(FORMAT)}
        shape: dict[str, Any] = {"acts": {}, "outlooks": [], "turns": self.turns is not None}
        for side, own in self.acts.items():
            shape["acts"][side] = list(own.names)
            found |= _under(f"acts.{side}", own.head) | {f"acts.{side}.least": own.least}
        for place, (targets, resolution, head) in enumerate(self.outlooks):
            shape["outlooks"].append({"targets": list(targets), "resolution": resolution})
            found |= _under(f"outlook{place}", head)
        if self.turns:
            found |= _under("turns", self.turns)
        found["shape"] = np.frombuffer(orjson.dumps(shape | {"stamp": self.stamp}), np.uint8)
        return found

    @classmethod
    def of_arrays(cls, kept: dict[str, Any]) -> Self:
        """The heads that `arrays` wrote.

        Raises:
            ValueError: the file is of another format.
            KeyError: something is missing.
        """
        import orjson

        if int(kept["format"]) != FORMAT:
            raise ValueError(f"a reader of format {int(kept['format'])}, not {FORMAT}")
        shape = orjson.loads(kept["shape"].tobytes())
        acts = {
            side: ActHead(tuple(names), _head(kept, f"acts.{side}"), kept[f"acts.{side}.least"])
            for side, names in shape["acts"].items()
        }
        outlooks = tuple(
            (tuple(o["targets"]), float(o["resolution"]), _head(kept, f"outlook{place}"))
            for place, o in enumerate(shape["outlooks"])
        )
        turns = _head(kept, "turns") if shape["turns"] else None
        return cls(acts, outlooks, turns, shape["stamp"])


def _under(name: str, head: Forecaster) -> dict[str, Any]:
    return {f"{name}/{part}": array for part, array in head.arrays().items()}


def _head(kept: dict[str, Any], name: str) -> Forecaster:
    start = f"{name}/"
    return Forecaster.of_arrays(
        {k[len(start) :]: v for k, v in kept.items() if k.startswith(start)}
    )


def act_columns(count: int, shares: dict[str, tuple[TurnRows, FloatArray]]) -> FloatArray | None:
    """Shares of acts by dialogue: in a side's first turn, its last, on average and at most.

    Args:
        count: dialogues.
        shares: by side, its turns and the shares of acts in them.

    Returns:
        (count, columns), or None where no acts were learned.
    """
    found: list[AnyArray] = []
    for side in (CUSTOMER, STAFF):
        if side not in shares:
            continue
        rows, share = shares[side]
        first, last, mean, most = (np.zeros((count, share.shape[1])) for _ in range(4))
        first[rows.dialogue[::-1]] = share[::-1]
        last[rows.dialogue] = share
        np.add.at(mean, rows.dialogue, share)
        mean /= np.maximum(np.bincount(rows.dialogue, minlength=count), 1)[:, None]
        np.maximum.at(most, rows.dialogue, share)
        found += [first, last, mean, most]
    return np.concatenate(found, axis=1) if found else None
