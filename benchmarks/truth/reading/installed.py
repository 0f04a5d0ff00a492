"""The reader as installed, with nothing learned, on rated text: stc3_dch1, uss_asap_jddc, chnsenticorp.

The weights in content/forecast.yaml and reading/sentiment.py and general words in content/valence.yaml
were chosen by hand while looking at these parts only: dialogues of stc3_dch1 train whose id has an even
MD5, uss_asap_jddc valid, and rows of chnsenticorp whose number divides by five. The two bounds between
the three classes, and the one between two, were taken from the same parts. Figures are given on the
rest, and for stc3_dch1 on all of train as well. Beside them stands TF-IDF with ridge, learned on
another set, with its bounds chosen in the same way.

Run as ``python -m benchmarks.truth.reading.installed``.
"""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.truth.reading.data import lines
from benchmarks.truth.reading.measure import f1_figures, interval, show, table
from benchmarks.truth.reading.stc3 import dialogue_of
from benchmarks.truth.reading.uss import rows_of
from troth.reading.acts import cue_reader
from troth.reading.forecast import forecast
from troth.reading.heads.decide import macro_f1
from troth.reading.irony import ironic
from troth.reading.layout import layout
from troth.reading.message import read_messages
from troth.reading.outlook import mean_grade, nmd, rsnod
from troth.reading.schema import CUSTOMER, GRADES, TARGETS, Dialogue
from troth.reading.sentiment import sentiments
from troth.reading.tones import tone_finder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.forecast import Forecast

_BOUNDS = np.arange(0.05, 1.0, 0.05)


def forecasts(dialogues: Sequence[Dialogue]) -> list[Forecast]:
    """The installed forecast of each dialogue."""
    turns = [turn for d in dialogues for turn in d.turns]
    read = read_messages([t.text for t in turns], [t.speaker for t in turns], [t.at for t in turns])
    ends = np.cumsum([len(d.turns) for d in dialogues]).tolist()
    starts = [0, *ends[:-1]]
    return [
        forecast(d.turns, read[start:end])
        for d, start, end in zip(dialogues, starts, ends, strict=True)
    ]


def scores(texts: Sequence[str]) -> np.ndarray:
    """(n,) sentiment of customers' texts, also where the reader would abstain."""
    found = []
    for low in range(0, len(texts), 1_000):
        part = texts[low : low + 1_000]
        laid = layout(part)
        seen = cue_reader().look(laid)
        acts = cue_reader().find_laid(laid, [CUSTOMER] * len(part), seen)
        tones = tone_finder().find(laid, seen)
        turned = ironic(acts, laid, tones, np.ones(len(part), bool))
        found.append(sentiments(laid, acts, turned, tones).score)
    return np.concatenate(found)


def elsewhere(texts: list[str], rated: np.ndarray, new: list[str], lang: str) -> np.ndarray:
    """What TF-IDF and ridge, learned on one set, say of another."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import Ridge

    unit, low, high = ("char", 1, 3) if lang == "zh" else ("char_wb", 2, 5)
    grams = TfidfVectorizer(
        analyzer=unit, ngram_range=(low, high), min_df=3, max_features=200_000, sublinear_tf=True
    )
    return Ridge(alpha=1.0).fit(grams.fit_transform(texts), rated).predict(grams.transform(new))


def text_of(dialogue: Dialogue) -> str:
    """All that was said."""
    return "\n".join(turn.text for turn in dialogue.turns)


def rated_elsewhere(lang: str) -> tuple[list[str], np.ndarray]:
    """Texts and ratings of the other sets of a language."""
    if lang == "zh":
        dialogues, label, _ = rows_of("valid")
        return [text_of(d) for d in dialogues], label.astype(float)
    texts, label = [], []
    for name in ("mwoz", "sgd"):
        for record in lines(f"uss_asap_jddc/{name}_valid.jsonl.gz"):
            texts.append("\n".join(f"{h['user']}\n{h['system']}" for h in record["history"]))
            label.append(float(record["label"]))
    return texts, np.array(label)


def stc3(lang: str) -> dict[str, Any]:
    """Correlation with mean ratings, and distance from the raters' distribution, by half."""
    dialogues = [dialogue_of(r) for r in lines(f"stc3_dch1/train_{lang}.jsonl.gz")]
    odd = np.array([int(md5(d.id.encode()).hexdigest(), 16) % 2 == 1 for d in dialogues])
    said = forecasts(dialogues)
    other = elsewhere(*rated_elsewhere(lang), [text_of(d) for d in dialogues], lang)
    figures: dict[str, Any] = {"data": f"stc3_dch1 train {lang}", "rows": len(odd)}
    figures["rows odd half"] = int(odd.sum())
    for target in TARGETS:
        rated = np.array([[d.labels[target][g] for g in GRADES] for d in dialogues])
        own = np.array([[f.distributions[target][g] for g in GRADES] for f in said])
        for part, rows in (("odd half", odd), ("all", np.ones(len(odd), bool))):
            mean, true = mean_grade(own[rows]), mean_grade(rated[rows])
            figures[f"{target}, {part}"] = {
                "pearson": round(float(np.corrcoef(mean, true)[0, 1]), 3),
                "interval_90": interval(
                    lambda at, m=mean, t=true: float(np.corrcoef(m[at], t[at])[0, 1]),
                    np.arange(len(true)), 400,
                ),
                "nmd": round(float(nmd(own[rows], rated[rows]).mean()), 4),
                "rsnod": round(float(rsnod(own[rows], rated[rows]).mean()), 4),
                "TF-IDF elsewhere": round(float(np.corrcoef(other[rows], true)[0, 1]), 3),
            }  # fmt: skip
    return figures


def bounds(score: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """Bounds between three classes with the best macro-F1, among twentieths of the scores."""
    points = np.quantile(score, _BOUNDS)
    tried = [(low, high) for low in points for high in points if low <= high]
    return max(tried, key=lambda b: macro_f1(true, np.digitize(score, b), 3))


def jddc() -> dict[str, Any]:
    """Satisfaction at the newest customer turn, three classes, bounds from valid, figures on test."""
    (known, y, _), (new, true, group) = rows_of("valid"), rows_of("test")
    stc = [dialogue_of(r) for r in lines("stc3_dch1/train_zh.jsonl.gz")]
    rated = mean_grade(np.array([[d.labels["satisfaction"][g] for g in GRADES] for d in stc]))
    both = elsewhere([text_of(d) for d in stc], rated, [text_of(d) for d in (*known, *new)], "zh")
    score = np.array([f.turns[-1] for f in forecasts([*known, *new])])
    figures: dict[str, Any] = {"data": "uss_asap_jddc", "split": "valid → test", "rows": len(true)}
    for name, said in (("installed", score), ("TF-IDF elsewhere", both)):
        cut = bounds(said[: len(y)], y)
        picked = np.digitize(said[len(y) :], cut)
        figures[name] = f1_figures(true, picked, 3, group)
        figures[name]["bounds"] = [round(float(c), 3) for c in cut]
    return figures


def chnsenticorp() -> dict[str, Any]:
    """Polarity of hotel reviews; the bound from every fifth row, figures on the others."""
    frame = table("chnsenticorp/reviews.csv.gz")
    texts, true = frame["review"].tolist(), frame["label"].to_numpy(dtype=np.int64)
    fifth = np.arange(len(true)) % 5 == 0
    stc = [dialogue_of(r) for r in lines("stc3_dch1/train_zh.jsonl.gz")]
    said = [" ".join(t.text for t in d.turns if t.speaker == CUSTOMER) for d in stc]
    rated = mean_grade(np.array([[d.labels["satisfaction"][g] for g in GRADES] for d in stc]))
    figures: dict[str, Any] = {"data": "chnsenticorp", "split": "rows not divisible by 5"}
    figures["rows"] = int((~fifth).sum())
    own, other = scores(texts), elsewhere(said, rated, texts, "zh")
    for name, score in (("installed", own), ("TF-IDF elsewhere", other)):
        points = np.quantile(score[fifth], _BOUNDS)
        cut = max(points, key=lambda c: macro_f1(true[fifth], (score[fifth] > c).astype(int), 2))
        picked = (score[~fifth] > cut).astype(int)
        figures[name] = f1_figures(true[~fifth], picked, 2, np.arange(len(picked)))
        figures[name]["bound"] = round(float(cut), 3)
    plain = (own[~fifth] > 0).astype(int)
    figures["installed, by sign"] = f1_figures(true[~fifth], plain, 2, np.arange(len(plain)))
    return figures


if __name__ == "__main__":
    for _lang in ("zh", "en"):
        show(stc3(_lang))
    show(jddc())
    show(chnsenticorp())
