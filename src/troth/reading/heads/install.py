"""Train the heads that come with troth, from a folder of the public data they may be trained on.

    python -m troth.reading.heads.install FOLDER OUT.npz

FOLDER holds stanford_politeness as docs/reference/data.md names it. Nothing else is read. It prints how
well each head reads rows it had not seen. Heads for Chinese sentiment (cped) and for empathy
(empathetic_personas_zh_en) were tried in the same way and are not among them: docs/reference/data.md.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from troth.reading.heads.folds import grouped_folds
from troth.reading.heads.installed import HEADS, small
from troth.reading.heads.material import Material
from troth.reading.heads.stack import fit_head

if TYPE_CHECKING:
    from troth.types import AnyArray, FloatArray

_FOLDS = 5
_SEED = 0


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _politeness(folder: Path) -> tuple[list[str], FloatArray, list[str]]:
    names = ("stack_exchange", "wikipedia")
    rows = [
        row for name in names for row in _rows(folder / "stanford_politeness" / f"{name}.csv.gz")
    ]
    scores = np.array([float(row["normalized_score"]) for row in rows])
    scaled = 2 + (scores - scores.mean()) / scores.std()
    texts = [row["request"] for row in rows]
    return texts, scaled[:, None], texts


def examples(folder: Path, name: str) -> tuple[list[str], FloatArray, list[str]]:
    """Texts, targets (n, outputs) and groups (n) a head is trained on.

    Args:
        folder: the public data.
        name: a key of ``HEADS``.
    """
    return {"politeness_en": _politeness}[name](folder)


def train(folder: Path, name: str) -> tuple[dict[str, AnyArray], dict[str, float]]:
    """Train one head.

    Args:
        folder: the public data.
        name: a key of ``HEADS``.

    Returns:
        Its arrays, at half precision, and figures on rows it had not seen.
    """
    texts, targets, groups = examples(folder, name)
    folds = grouped_folds(groups, _FOLDS, _SEED)
    head, unseen = fit_head(HEADS[name].plan, Material({"text": texts}), targets, folds)
    figures = {"pearson": float(np.corrcoef(unseen[:, 0], targets[:, 0])[0, 1])}
    return small(head), figures | {"rows": len(texts)}


def main(folder: str, out: str) -> None:
    """Train all and write the file."""
    kept: dict[str, AnyArray] = {}
    for name in HEADS:
        arrays, figures = train(Path(folder), name)
        kept |= {f"{name}/{key}": array for key, array in arrays.items()}
        told = " ".join(f"{key} {value:.4g}" for key, value in figures.items())
        sys.stdout.write(f"{name}: {told}\n")
    np.savez_compressed(out, **kept)  # type: ignore[arg-type] # numpy's stub takes the names for options
    sys.stdout.write(f"{out}: {Path(out).stat().st_size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
