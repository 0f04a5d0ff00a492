"""Raw answers to the Big Five and to attachment scales, keyed; and the circle's published sample."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING, Final

import numpy as np

from benchmarks.truth.sets import folder
from troth.content.questionnaires import questionnaires

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

#: Trait → its reversed items of ten, by the wording; the source states no key.
BIG_FIVE: Final[dict[str, tuple[int, ...]]] = {
    "E": (2, 4, 6, 8, 10), "N": (2, 4), "A": (1, 3, 5, 7), "C": (2, 4, 6, 8), "O": (2, 4, 6),
}  # fmt: skip
#: Dimension → its items of 36, and those among them reversed, as the ECR has them.
ECR: Final = {
    "avoidance": (range(1, 37, 2), (3, 15, 19, 25, 27, 29, 31, 33, 35)),
    "anxiety": (range(2, 37, 2), (22,)),
}
#: Dimension → the items of the ECR that are worded nearest to our nine, and those among them reversed.
NEAREST: Final = {
    "avoidance": (("Q33", "Q27", "Q29", "Q9", "Q1"), ("Q33", "Q27", "Q29")),
    "anxiety": (("Q2", "Q6", "Q10"), ()),
}


def _table(path: str) -> tuple[list[str], NDArray[np.float64]]:
    """Columns and whole numbers of a table of answers; what is no number, or 0 for not answered, is NaN."""
    with gzip.open(folder() / path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    values = np.array([[float(c) if c.isdigit() else np.nan for c in row] for row in rows[1:]])
    values[values == 0] = np.nan
    return rows[0], values


def _keyed(path: str, columns: Iterable[str], turned: Iterable[str]) -> NDArray[np.float64]:
    """Answers 1 to 5 of some columns, the reversed ones turned round."""
    names, values = _table(path)
    back = set(turned)
    parts = [values[:, names.index(c)] for c in columns]
    return np.column_stack(
        [6 - part if c in back else part for c, part in zip(columns, parts, strict=True)]
    )


def big_five(trait: str) -> NDArray[np.float64]:
    """Ten keyed items of one trait; people × items."""
    columns = [f"{trait}{i}" for i in range(1, 11)]
    return _keyed("openpsych/big5.csv.gz", columns, [f"{trait}{i}" for i in BIG_FIVE[trait]])


def ecr(dimension: str) -> NDArray[np.float64]:
    """Eighteen keyed items of one dimension; people × items."""
    items, turned = ECR[dimension]
    return _keyed("openpsych/ecr.csv.gz", [f"Q{i}" for i in items], [f"Q{i}" for i in turned])


def nearest(dimension: str) -> NDArray[np.float64]:
    """The few items of one dimension that are worded nearest to ours, keyed; people × items."""
    return _keyed("openpsych/ecr.csv.gz", *NEAREST[dimension])


def mini_ipip() -> dict[str, NDArray[np.float64]]:
    """Our twenty items among the fifty, found by their words and keyed by our content; by scale."""
    lines = (folder() / "openpsych/big5_codebook.txt").read_text(encoding="utf-8").splitlines()
    column = {
        _plain(words).removeprefix("i "): name
        for name, _, words in (line.partition("\t") for line in lines)
        if words
    }
    asked = questionnaires()["mini_ipip"]
    found = {}
    for scale in asked.scales:
        items = [asked.item(name) for name in scale.items]
        columns = [column[_plain(item.text["en"])] for item in items]
        turned = [c for c, item in zip(columns, items, strict=True) if item.reversed]
        found[scale.name] = _keyed("openpsych/big5.csv.gz", columns, turned)
    return found


def _plain(words: str) -> str:
    return words.strip().rstrip(".").lower()


def circle_norms() -> list[dict[str, str]]:
    """Angle, mean and deviation of the eight octants in the published sample."""
    with gzip.open(folder() / "ipip_ipc/norms.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def circle_items() -> list[dict[str, str]]:
    """Number, scale and words of the thirty-two items."""
    with gzip.open(folder() / "ipip_ipc/items.csv.gz", "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))
