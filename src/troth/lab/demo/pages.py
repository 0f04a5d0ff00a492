"""The demo's written pages: the YAML in content/demo and the choice of a sentence from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from troth import content
from troth.content.yaml_files import load_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

FOLDER: Final = Path(content.__path__[0]) / "demo"
HOUSES = ("hotel", "shop", "bank")


@cache
def page(name: str) -> dict[str, Any]:
    """Read one page of content/demo.

    Args:
        name: the file's name without ``.yaml``.

    Returns:
        The parsed page; it is shared, so callers must not change it.

    Raises:
        ContentError: the file is not a YAML mapping.
    """
    return load_mapping(FOLDER / f"{name}.yaml")


class Phrasebook:
    """The sentences one house can say, its own and the shared ones."""

    def __init__(self, house: str) -> None:
        self._groups = {**page("shared")["sentences"], **page(house)["sentences"]}
        self._slots: Mapping[str, Any] = page(house).get("slots", {})

    def lines(self, group: str, lang: str) -> list[str]:
        """Return the sentences of a group, with their slots still open."""
        return [str(line) for line in self._groups[group][lang]]

    def draw_slots(self, rng: Random, lang: str) -> dict[str, str]:
        """Draw the things one encounter is about, so that its sentences agree with one another."""
        drawn = {name: str(rng.choice(words[lang])) for name, words in self._slots.items()}
        drawn["room"] = f"{rng.randint(3, 26)}{rng.randint(1, 18):02d}"
        drawn["table"] = str(rng.randint(2, 28))
        drawn["order"] = f"Q{rng.randint(10_000, 99_999)}"
        return drawn
