"""What not to say now, and what to say instead, chosen by the facts of a relationship."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from troth.content import stages
from troth.content.kinds import codebook
from troth.content.shares import DIMENSIONS
from troth.content.sources import sources
from troth.content.yaml_files import ContentError, both_languages, load_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = Path(__file__).parent / "cards.yaml"
#: Facts that are so or not so.
FLAGS: Final = (
    "promise_overdue",
    "promise_open",
    "preference_missed",
    "complaint_reopened",
    "going_quiet",
    "praise",
)
#: Facts that are counted; a line asks for at least so many.
COUNTS: Final = ("apologies_given",)
#: Facts that are one or several of a few names.
NAMED: Final = ("open_breach", "breach_dimension", "stage")
#: More than a glance takes in is not read before a talk.
MOST: Final = 4
_FIELDS: Final = {"when", "avoid", "instead", "source"}


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of advice.

    Attributes:
        when: facts that must all hold: True for a flag, the least number for a count, else a name.
        avoid: what not to say, by language.
        instead: what to say or do, by language.
        source: key in sources.yaml.
    """

    when: dict[str, Any]
    avoid: dict[str, str]
    instead: dict[str, str]
    source: str

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Whether all that it asks for is among the facts."""
        return all(_meets(fact, wanted, facts.get(fact)) for fact, wanted in self.when.items())


@cache
def lines(path: Path = FILE) -> tuple[Line, ...]:
    """Every line, in the order of the file: of equally specific ones the graver first.

    Args:
        path: the YAML file.

    Returns:
        The lines.

    Raises:
        ContentError: a field is missing, unknown or impossible; it is named.
    """
    told = load_mapping(path)
    if set(told) != {"lines"} or not isinstance(told["lines"], list):
        raise ContentError(path, "lines", "must be the only part, and a list")
    return tuple(_line(path, f"lines[{i}]", entry) for i, entry in enumerate(told["lines"]))


def lines_for(facts: dict[str, Any]) -> list[Line]:
    """The lines that fit a relationship now.

    Args:
        facts: by name, those that are known; what is left out, None, False or 0 does not hold.
            Flags (``FLAGS``) are true or false and mean *now* or *lately*; counts (``COUNTS``) are
            numbers; ``open_breach`` (kinds of the open breaches), ``breach_dimension`` (what they
            hurt most) and ``stage`` (with ``repair`` beside it while the overlay is on) are a name
            or a list, tuple or set of names.

    Returns:
        At most ``MOST``: those that ask for more facts first, else in the order of the file.

    Raises:
        ValueError: a fact has a name that no line can ask for.

    >>> [line.avoid["en"] for line in lines_for({"open_breach": "promise_broken"})]
    ['“As soon as possible”']
    """
    for fact in facts:
        if fact not in (*FLAGS, *COUNTS, *NAMED):
            raise ValueError(f"unknown fact {fact!r}")
    fitting = [line for line in lines() if line.holds(facts)]
    return sorted(fitting, key=lambda line: -len(line.when))[:MOST]


def _meets(fact: str, wanted: Any, given: Any) -> bool:
    if fact in FLAGS:
        return bool(given)
    if fact in COUNTS:
        return bool((given or 0) >= wanted)
    return wanted in ((given,) if isinstance(given, str) else given or ())


def _line(path: Path, where: str, entry: Any) -> Line:
    if not isinstance(entry, dict):
        raise ContentError(path, where, "must be a mapping")
    for field in sorted(_FIELDS ^ set(entry)):
        problem = "is missing" if field in _FIELDS else "is not a known field"
        raise ContentError(path, f"{where}.{field}", problem)
    when = entry["when"]
    if not isinstance(when, dict) or not when:
        raise ContentError(path, f"{where}.when", "must name at least one fact")
    for fact, wanted in when.items():
        problem = _problem(fact, wanted)
        if problem:
            raise ContentError(path, f"{where}.when.{fact}", problem)
    avoid = both_languages(path, f"{where}.avoid", entry["avoid"])
    instead = both_languages(path, f"{where}.instead", entry["instead"])
    if entry["source"] not in sources():
        raise ContentError(path, f"{where}.source", f"{entry['source']!r} is not in sources.yaml")
    return Line(when, avoid, instead, entry["source"])


def _problem(fact: str, wanted: Any) -> str:
    """What is wrong with one condition; empty where nothing is."""
    if fact in FLAGS:
        return "" if wanted is True else "must be true"
    if fact in COUNTS:
        whole = isinstance(wanted, int) and not isinstance(wanted, bool)
        return "" if whole and wanted > 0 else "must be a whole number above 0"
    names = {
        "open_breach": [kind.name for kind in codebook().values() if kind.opens],
        "breach_dimension": DIMENSIONS,
        "stage": stages.NAMES,
    }
    if fact not in names:
        return "is not a known fact"
    return "" if wanted in names[fact] else f"must be one of {', '.join(names[fact])}"
