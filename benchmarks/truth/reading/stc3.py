"""stc3_dch1: satisfaction, solved and effectiveness of helpdesk dialogues, five folds of its train part.

Folds are by a hash of the dialogue's id, the same for Chinese and English, so that a dialogue and its
translation never stand on both sides. The withheld test labels are nowhere here.

Run as ``python -m benchmarks.truth.reading.stc3 [zh|en]``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from hashlib import md5

import numpy as np

from benchmarks.truth.reading.data import lines
from troth.reading.heads.dual import fit_dual
from troth.reading.heads.text_kernel import learn_text_kernel
from troth.reading.learning import learn, material
from troth.reading.outlook import cumulated, distributions, nmd, rsnod
from troth.reading.schema import GRADES, TARGETS, Dialogue, Turn
from troth.reading.structure import structure_of

FOLDS = 5
QUALITY = {"satisfaction": "S", "solved": "A", "effectiveness": "E"}
#: What raters called a turn, as the acts that come nearest.
NUGGETS = {
    "CNUG0": "complaint", "CNUG": "question", "CNUG*": "solved",
    "HNUG": "progress_update", "HNUG*": "solution",
}  # fmt: skip
RATERS = 19


def dialogue_of(record: dict) -> Dialogue:
    """A record of the set in troth's own words."""
    votes = record["annotations"]
    labels: dict = {
        target: {
            grade: sum(v["quality"][letter] == int(grade) for v in votes) / len(votes)
            for grade in GRADES
        }
        for target, letter in QUALITY.items()
    }
    labels["turns"] = [
        {
            "acts": {
                act: sum(v["nugget"][t] == nugget for v in votes) / len(votes)
                for nugget, act in NUGGETS.items()
                if any(v["nugget"][t] == nugget for v in votes)
            }
        }
        for t in range(len(record["turns"]))
    ]
    turns = tuple(
        Turn("customer" if t["sender"] == "customer" else "staff", " ".join(t["utterances"]))
        for t in record["turns"]
    )
    return Dialogue(record["id"], turns, labels)


def fold_of(dialogues: list[Dialogue]) -> np.ndarray:
    """(n,) fold by a hash of the id."""
    return np.array([int(md5(f"0:{d.id}".encode()).hexdigest(), 16) % FOLDS for d in dialogues])


def baseline(rows, fold: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """Character or word TF-IDF by speaker and position, with structure, stacked in LightGBM."""
    from lightgbm import LGBMRegressor

    _, _, kernel = learn_text_kernel(rows.rows.views)
    structure = np.array([structure_of(d.turns) for d in rows.dialogues])
    y = np.concatenate([cumulated(rows.shares[t]) for t in TARGETS], axis=1)
    said = np.zeros(y.shape)
    for number in range(FOLDS):
        here, there = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        inner = np.random.default_rng(seed).integers(0, FOLDS, here.size)
        own = kernel[np.ix_(here, here)]
        mean, alpha, left_out = fit_dual(own, y[here], inner, 0.02 * float(np.diag(own).mean()))
        x = np.concatenate([structure[here], left_out], axis=1)
        new = mean + kernel[np.ix_(there, here)] @ alpha
        for k in range(y.shape[1]):
            model = LGBMRegressor(
                n_estimators=150, learning_rate=0.04, num_leaves=15, subsample=0.7,
                subsample_freq=1, colsample_bytree=0.4, reg_lambda=5, verbose=-1, n_jobs=1,
                random_state=seed,
            ).fit(x, y[here, k])  # fmt: skip
            said[there, k] = model.predict(np.concatenate([structure[there], new], axis=1))
    return {t: distributions(said[:, 4 * i : 4 * i + 4], 0.0) for i, t in enumerate(TARGETS)}


def trained(rows, fold: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """What heads trained on the other folds say of each fold."""
    said = {t: np.zeros((len(fold), len(GRADES))) for t in TARGETS}
    for number in range(FOLDS):
        heads = learn(rows, fold != number, seed, lambda: None)
        unseen = [d for d, f in zip(rows.dialogues, fold, strict=True) if f == number]
        for target, own in heads.outlook(unseen, heads.shares(unseen)).items():
            said[target][fold == number] = own
    return said


def floor(shares: np.ndarray, seed: int) -> tuple[float, float]:
    """NMD and RSNOD of nineteen raters drawn anew from the distribution itself."""
    drawn = np.random.default_rng(seed).multinomial(RATERS, shares) / RATERS
    return float(nmd(drawn, shares).mean()), float(rsnod(drawn, shares).mean())


def figures(said: np.ndarray, true: np.ndarray, seed: int) -> dict[str, float]:
    """Means with the 95% interval of a bootstrap over dialogues."""
    rng = np.random.default_rng(seed)
    found: dict[str, float] = {}
    for name, each in (("nmd", nmd(said, true)), ("rsnod", rsnod(said, true))):
        draws = each[rng.integers(0, each.size, (2_000, each.size))].mean(axis=1)
        low, high = np.quantile(draws, [0.025, 0.975])
        found |= {name: float(each.mean()), f"{name}_low": float(low), f"{name}_high": float(high)}
    return found


def run(lang: str, seed: int = 0) -> dict:
    """All figures of one language."""
    dialogues = [dialogue_of(record) for record in lines(f"stc3_dch1/train_{lang}.jsonl.gz")]
    fold = fold_of(dialogues)
    rows = material(dialogues, lambda *_: None)
    models = {
        "mean of the training folds": {
            t: np.array([rows.shares[t][fold != f].mean(0) for f in fold]) for t in TARGETS
        },
        "TF-IDF and structure in LightGBM": baseline(rows, fold, seed),
        "troth, dialogue labels alone": trained(replace(rows, turns={}), fold, seed),
        "troth, with acts by turn": trained(rows, fold, seed),
    }
    return {
        "set": "stc3_dch1", "lang": lang, "split": "train, 5 folds by dialogue", "seed": seed,
        "dialogues": len(dialogues),
        "floor": {t: floor(rows.shares[t], seed) for t in TARGETS},
        "models": {
            name: {t: figures(said[t], rows.shares[t], seed) for t in TARGETS}
            for name, said in models.items()
        },
    }  # fmt: skip


if __name__ == "__main__":
    for code in sys.argv[1:] or ["zh", "en"]:
        print(json.dumps(run(code), indent=1))
