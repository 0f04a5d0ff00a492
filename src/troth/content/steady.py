"""The steadying routine: a minute before, or after, a hard contact."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "steady.yaml"
SHORTEST: Final = 60
LONGEST: Final = 90
_FIELDS: Final = {"name", "lead", "steps"}


@dataclass(frozen=True)
class Step:
    """One step: how long it takes, its name, and what to do, by language."""

    seconds: int
    name: dict[str, str]
    do: dict[str, str]


@dataclass(frozen=True)
class Routine:
    """One routine: for what, what to bear in mind, and its steps."""

    key: str
    name: dict[str, str]
    lead: dict[str, str]
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> int:
        """How long it takes."""
        return sum(step.seconds for step in self.steps)


@cache
def routines(file: Path = FILE) -> dict[str, Routine]:
    """Every routine by what is hard.

    Args:
        file: the YAML file.

    Raises:
        ContentError: a field is missing or unknown, or a routine does not take 60 to 90 seconds.

    Source: our choice, decision 0030.

    >>> list(routines())
    ['anger', 'mistake', 'bad_news', 'after']
    """
    return {key: _routine(file, key, told) for key, told in load_mapping(file).items()}


def _routine(file: Path, key: str, told: Any) -> Routine:
    if not isinstance(told, dict) or set(told) != _FIELDS:
        raise ContentError(file, key, f"must have {', '.join(sorted(_FIELDS))}")
    name, lead = (both_languages(file, f"{key}.{part}", told[part]) for part in ("name", "lead"))
    found = Routine(key, name, lead, tuple(_step(file, key, step) for step in told["steps"]))
    if not SHORTEST <= found.seconds <= LONGEST:
        raise ContentError(file, key, f"takes {found.seconds} s, not {SHORTEST} to {LONGEST}")
    return found


def _step(file: Path, key: str, told: Any) -> Step:
    if set(told) != {"seconds", "name", "do"} or type(told["seconds"]) is not int:
        raise ContentError(file, f"{key}.steps", "each has seconds, name and do")
    name, do = (both_languages(file, f"{key}.{part}", told[part]) for part in ("name", "do"))
    return Step(told["seconds"], name, do)
