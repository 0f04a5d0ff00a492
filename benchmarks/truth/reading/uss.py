"""uss_asap_jddc: satisfaction of the newest customer turn in three classes, learned on valid, judged on test.

Run as ``python -m benchmarks.truth.reading.uss``.
"""

from __future__ import annotations

import json

import numpy as np

from benchmarks.truth.reading.data import lines
from troth.reading.cleaned import cleaned
from troth.reading.heads.dual import fit_dual
from troth.reading.heads.forecaster import fit_forecaster
from troth.reading.heads.text_kernel import learn_text_kernel
from troth.reading.rows import dialogue_rows
from troth.reading.schema import Dialogue, Turn

CLASSES = 3
FOLDS = 5
DRAWS = 1_000


def rows_of(part: str) -> tuple[list[Dialogue], np.ndarray, np.ndarray]:
    """Dialogues as they stood, the class of each, and the dialogue it belongs to."""
    dialogues, label, group = [], [], []
    for record in lines(f"uss_asap_jddc/jddc_{part}.jsonl.gz"):
        turns = []
        for exchange in record["history"]:
            turns.append(Turn("customer", exchange["user"]))
            turns.append(Turn("staff", exchange["system"]))
        dialogues.append(Dialogue(str(record["row"]), tuple(turns[:-1])))
        label.append(record["label"])
        group.append(record["dialogue"])
    return dialogues, np.array(label), np.array(group)


def macro_f1(said: np.ndarray, true: np.ndarray) -> float:
    """Mean F1 of the three classes."""
    scores = []
    for c in range(CLASSES):
        hits = ((said == c) & (true == c)).sum()
        scores.append(2 * hits / max((said == c).sum() + (true == c).sum(), 1))
    return float(np.mean(scores))


def offsets(score: np.ndarray, true: np.ndarray) -> np.ndarray:
    """What to add to each class's score for the best macro-F1 on left-out training rows."""
    best, found = -1.0, np.zeros(CLASSES)
    grid = np.linspace(-0.3, 0.3, 25)
    for low in grid:
        for high in grid:
            shift = np.array([low, 0.0, high])
            f1 = macro_f1((score + shift).argmax(1), true)
            if f1 > best:
                best, found = f1, shift
    return found


def interval(
    said: np.ndarray, true: np.ndarray, group: np.ndarray, seed: int
) -> tuple[float, float]:
    """95% interval of macro-F1 by a bootstrap over dialogues."""
    rng = np.random.default_rng(seed)
    members = [np.flatnonzero(group == g) for g in np.unique(group)]
    draws = []
    for _ in range(DRAWS):
        rows = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        draws.append(macro_f1(said[rows], true[rows]))
    return tuple(float(q) for q in np.quantile(draws, [0.025, 0.975]))


def run(seed: int = 0) -> dict:
    """Macro-F1 on test of two cheap baselines, of wording by speaker and position, and of troth."""
    train, y, group = rows_of("valid")
    test, true, clusters = rows_of("test")
    rows, new = dialogue_rows(train), dialogue_rows(test)
    wanted = np.eye(CLASSES)[y]
    fold = np.random.default_rng(seed).permutation(group.max() + 1)[group] % FOLDS
    n = len(y)
    history = [cleaned("\n".join(t.text for t in d.turns)) for d in (*train, *test)]
    both = [one + other for one, other in zip(rows.views, new.views, strict=True)]
    points = np.concatenate([rows.points, new.points]).astype(np.float32)
    flat = points[:, 2:6].reshape(len(points), -1)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    kernels = {
        "TF-IDF": learn_text_kernel([history])[2],
        "sentence encoder": flat @ flat.T,
        "TF-IDF by speaker and position": learn_text_kernel(both)[2],
    }
    scores = {
        name: _by_kernel(kernel[:n, :n], kernel[n:, :n], wanted, fold)
        for name, kernel in kernels.items()
    }
    scores["troth"] = _troth(rows, new, wanted, group, fold, seed)
    figures = {}
    for name, (own, other) in scores.items():
        said = (other + offsets(own, y)).argmax(1)
        low, high = interval(said, true, clusters, seed)
        figures[name] = {"macro_f1": macro_f1(said, true), "low": low, "high": high,
                         "accuracy": float((said == true).mean())}  # fmt: skip
    return {
        "set": "uss_asap_jddc",
        "split": "valid → test",
        "seed": seed,
        "rows": len(true),
        "models": figures,
    }


def _troth(rows, new, y, group, fold, seed):
    """Left-out scores of training rows, fold by fold, and scores of new ones."""
    left_out = np.zeros(y.shape)
    for number in range(FOLDS):
        here, there = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        own, _ = fit_forecaster(rows.take(here), y[here], group[here], seed)
        left_out[there] = own.predict(rows.take(there))
    return left_out, fit_forecaster(rows, y, group, seed)[0].predict(new)


def _by_kernel(own, other, y, fold):
    """Left-out and new scores of ridge on one kernel, its penalty chosen on left-out rows."""
    tried = []
    for share in (0.1, 0.3, 1.0, 3.0):
        mean, alpha, left_out = fit_dual(own, y, fold, share * float(np.diag(own).mean()))
        tried.append((((left_out - y) ** 2).mean(), left_out, mean + other @ alpha))
    return min(tried, key=lambda t: t[0])[1:]


if __name__ == "__main__":
    print(json.dumps(run(), indent=1, ensure_ascii=False))
