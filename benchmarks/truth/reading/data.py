"""Lines of the public sets."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from benchmarks.truth.sets import folder

if TYPE_CHECKING:
    from collections.abc import Iterator


def lines(name: str) -> Iterator[dict[str, Any]]:
    """Objects of a ``.jsonl.gz`` file of the data folder."""
    with gzip.open(folder() / name, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
