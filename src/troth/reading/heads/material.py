"""What a head reads: named columns of texts and of numbers, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from troth.types import AnyArray


@dataclass(frozen=True)
class Material:
    """Rows to read.

    Args:
        texts: n texts by the column's name, such as "text" and "before".
        numbers: (n, width) by the column's name, such as "encoder" and "cues".
    """

    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, AnyArray] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many rows."""
        sizes = [len(column) for column in self.texts.values()]
        return next(iter(sizes + [len(column) for column in self.numbers.values()]), 0)

    def take(self, rows: AnyArray) -> Material:
        """Some of the rows, in the order asked for.

        Args:
            rows: (m,) row numbers.
        """
        texts = {name: [column[row] for row in rows] for name, column in self.texts.items()}
        return Material(texts, {name: column[rows] for name, column in self.numbers.items()})
