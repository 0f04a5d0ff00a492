"""Characters that are written in more than one way."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from troth.content.yaml_files import ContentError, load_mapping

FILE: Final = Path(__file__).parent / "traditional.yaml"


@cache
def simplified_of(file: Path = FILE) -> dict[str, str]:
    """The simplified character by the traditional one.

    Args:
        file: two texts of one length, ``traditional`` and ``simplified``.

    Returns:
        Some 3,000 pairs.

    Raises:
        ContentError: the texts differ in length.

    >>> simplified_of()["謝"]
    '谢'
    """
    entry = load_mapping(file)
    written = {
        name: "".join(str(entry.get(name, "")).split()) for name in ("traditional", "simplified")
    }
    if len(written["traditional"]) != len(written["simplified"]):
        raise ContentError(file, "simplified", "must be as long as traditional")
    return dict(zip(written["traditional"], written["simplified"], strict=True))
