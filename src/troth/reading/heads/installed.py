"""The heads that come with troth: trained on data whose licence allows it, read from one small file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.heads.features import Grams
from troth.reading.heads.material import Material
from troth.reading.heads.stack import Plan, TextHead, head_from
from troth.reading.heads.views import GramView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.types import AnyArray, FloatArray

FILE: Final = "installed.npz"
_BITS: Final = 15
#: Characters read of one text.
_LONGEST: Final = 4_000


def _views(least: int) -> tuple[GramView, GramView]:
    return (
        GramView(Grams("words", 1, 2, _BITS), 2.0, least=least),
        GramView(Grams("inside", 2, 4, _BITS), 2.0, least=least),
    )


@dataclass(frozen=True)
class Installed:
    """One head of the file.

    Args:
        plan: how it reads.
        answers: names of the classes, or one name for a value.
    """

    plan: Plan
    answers: tuple[str, ...]


HEADS: Final = {
    "politeness_en": Installed(Plan("value", _views(4)), ("politeness",)),
}


def small(head: TextHead) -> dict[str, AnyArray]:
    """A head's arrays at half precision, where that changes no answer that matters."""
    return {
        name: array.astype(np.float16) if name.endswith((".weights", ".rarity")) else array
        for name, array in head.arrays().items()
    }


def enlarged(arrays: dict[str, AnyArray]) -> dict[str, AnyArray]:
    """The same at single precision, as sums need it."""
    return {
        name: array.astype(np.float32) if array.dtype == np.float16 else array
        for name, array in arrays.items()
    }


@cache
def installed(name: str) -> TextHead:
    """A head that came with troth.

    Args:
        name: a key of ``HEADS``.

    Returns:
        The head.

    Raises:
        KeyError: no such head.
    """
    plan = HEADS[name].plan
    path = files("troth.content").joinpath("weights", FILE)
    with path.open("rb") as file, np.load(file, allow_pickle=False) as loaded:
        mine = {
            key.removeprefix(f"{name}/"): loaded[key]
            for key in loaded.files
            if key.startswith(f"{name}/")
        }
    return head_from(plan, enlarged(mine))


def read(name: str, texts: Sequence[str]) -> FloatArray:
    """What an installed head says.

    Args:
        name: a key of ``HEADS``.
        texts: n texts in the head's language.

    Returns:
        (n, answers): probabilities in the order of ``HEADS[name].answers``; for politeness 0, rude, to 4,
        polite, with 2 the mean of the data it learned from.
    """
    said = installed(name).says(Material({"text": [text[:_LONGEST] for text in texts]}))
    return np.clip(said, 0, 4) if HEADS[name].plan.says == "value" else said
