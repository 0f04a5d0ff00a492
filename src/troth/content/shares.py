"""Numbers in content files: bounded ones, and shares by dimension of trust."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from troth.content.yaml_files import ContentError

if TYPE_CHECKING:
    from pathlib import Path

DIMENSIONS: Final = ("ability", "reliability", "integrity", "benevolence")


def number(path: Path, field: str, value: Any, most: float) -> float:
    """A number from 0 to ``most``.

    Args:
        path: the file, for the message.
        field: the field, for the message.
        value: what the file holds there.
        most: the largest that is allowed.

    Raises:
        ContentError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ContentError(path, field, "must be a number")
    if not (math.isfinite(value) and 0.0 <= value <= most):
        raise ContentError(path, field, f"must be from 0 to {most:g}")
    return float(value)


def shares(path: Path, field: str, value: Any) -> dict[str, float]:
    """A share 0–1 for some of the dimensions.

    Args:
        path: the file, for the message.
        field: the field, for the message.
        value: what the file holds there.

    Raises:
        ContentError: something is no dimension or no share.
    """
    if not isinstance(value, dict):
        raise ContentError(path, field, "must map dimensions to numbers")
    for dimension in value:
        if dimension not in DIMENSIONS:
            raise ContentError(path, f"{field}.{dimension}", "is not a dimension")
    return {d: number(path, f"{field}.{d}", value[d], 1.0) for d in DIMENSIONS if d in value}


def loadings(path: Path, field: str, value: Any) -> dict[str, float]:
    """A share for every dimension, 0 where none is given, summing to 1.

    Args:
        path: the file, for the message.
        field: the field, for the message.
        value: what the file holds there.

    Raises:
        ContentError: they are no shares, or sum to something else.
    """
    given = shares(path, field, value)
    whole = {d: given.get(d, 0.0) for d in DIMENSIONS}
    total = math.fsum(whole.values())
    if abs(total - 1.0) > 1e-9:
        raise ContentError(path, field, f"must sum to 1, not {total:g}")
    return whole
