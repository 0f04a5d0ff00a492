"""The blind set: promises with their due time, and the precision of each harmful act.

Written apart from the cues by somebody who had not seen them; see ``benchmarks/truth/blind``. Never used
for tuning. Run as ``python -m benchmarks.truth.reading.blind``.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import numpy as np

from troth.content.acts import acts
from troth.reading.reader import Reader

FOLDER = Path(__file__).parents[1] / "blind"
#: Two due times this near are one.
SAME_S = 60
HARM = tuple(act.name for act in acts().values() if act.harm)
DRAWS = 2_000


def messages(lang: str) -> list[dict]:
    """The messages of one language."""
    return [json.loads(line) for line in (FOLDER / f"{lang}.jsonl").read_text("utf-8").splitlines()]


def run(lang: str, seed: int = 0) -> dict:
    """F1 of promises with due time; precision and recall of harmful acts; intervals over messages."""
    reader = Reader.installed()
    written = messages(lang)
    promises, harm = [], {act: [] for act in HARM}
    for message in written:
        said = reader.read_message(
            message["text"], message["speaker"], datetime.fromisoformat(message["at"])
        )
        promises.append(
            _matched([p["due"] for p in said.promises], [p["due"] for p in message["promises"]])
        )
        shown = {act.act for act in said.acts}
        for act in HARM:
            harm[act].append(
                (act in shown and act in message["harm"], act in shown, act in message["harm"])
            )
    rng = np.random.default_rng(seed)
    draws = rng.integers(0, len(written), (DRAWS, len(written)))
    return {
        "set": "blind", "lang": lang, "messages": len(written), "seed": seed,
        "promise with due time": _f1(np.array(promises), draws),
        "promise found": _f1(
            np.array([_matched(["x"] * b, ["x"] * c) for _, b, c in promises]), draws
        ),
        "harm": {act: _precision(np.array(rows, int), draws) for act, rows in harm.items()},
    }  # fmt: skip


def _matched(said: list, true: list) -> tuple[int, int, int]:
    """Promises found and right, found, and there."""
    rest, right = list(true), 0
    for due in said:
        same = next((i for i, other in enumerate(rest) if _same(due, other)), None)
        if same is not None:
            rest.pop(same)
            right += 1
    return right, len(said), len(true)


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None or "x" in (one, other):
        return one == other
    apart = datetime.fromisoformat(one) - datetime.fromisoformat(other)
    return abs(apart.total_seconds()) <= SAME_S


def _f1(rows: np.ndarray, draws: np.ndarray) -> dict:
    def of(sums):
        return 2 * sums[..., 0] / np.maximum(sums[..., 1] + sums[..., 2], 1)

    low, high = np.quantile(of(rows[draws].sum(1)), [0.025, 0.975])
    right, found, there = rows.sum(0).tolist()
    return {"f1": float(of(rows.sum(0))), "low": float(low), "high": float(high),
            "precision": right / max(found, 1), "recall": right / max(there, 1), "there": there}  # fmt: skip


def _precision(rows: np.ndarray, draws: np.ndarray) -> dict:
    def of(sums):
        return sums[..., 0] / np.maximum(sums[..., 1], 1)

    low, high = np.quantile(of(rows[draws].sum(1)), [0.025, 0.975])
    right, found, there = rows.sum(0).tolist()
    return {"precision": float(of(rows.sum(0))), "low": float(low), "high": float(high),
            "recall": right / max(there, 1), "found": found, "there": there}  # fmt: skip


if __name__ == "__main__":
    for code in ("zh", "en"):
        print(json.dumps(run(code), indent=1))
