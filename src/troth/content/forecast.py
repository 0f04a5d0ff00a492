"""The weights of the installed forecast, set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.acts import acts
from troth.content.yaml_files import ContentError, load_mapping

FILE: Final = Path(__file__).parent / "forecast.yaml"
STRUCTURE: Final = ("sentiment", "length", "earlier", "unanswered", "repeated", "delay", "most")
TARGETS: Final = ("satisfaction", "solved", "effectiveness")


@dataclass(frozen=True, slots=True)
class Scale:
    """How raters grade one target.

    Attributes:
        start: the grade of an exchange without a sign of anything.
        share: of what signs add up to.
        spread: how far raters are apart, in grades.
    """

    start: float
    share: float
    spread: float


@dataclass(frozen=True)
class Weights:
    """How a dialogue is weighed.

    Attributes:
        acts: by side, the grades that each act adds; acts that say nothing are absent.
        structure: by name of ``STRUCTURE``.
        targets: by target, how raters grade it.
    """

    acts: dict[str, dict[str, float]]
    structure: dict[str, float]
    targets: dict[str, Scale]


@cache
def forecast_weights(file: Path = FILE) -> Weights:
    """The weights.

    Args:
        file: a mapping of parts to entries with a weight and the reason for it.

    Returns:
        The weights.

    Raises:
        ContentError: a part, weight or reason is missing, or an act is not one of that side.
    """
    entry = load_mapping(file)
    for part in ("customer", "staff", "structure", "targets"):
        if not isinstance(entry.get(part), dict):
            raise ContentError(file, part, "is missing")
    own = {side: _numbers(file, side, entry[side], "weight") for side in ("customer", "staff")}
    for side, weights in own.items():
        for name in weights:
            if name not in acts() or side not in acts()[name].sides:
                raise ContentError(file, f"{side}.{name}", f"is not an act of {side}")
    structure = _numbers(file, "structure", entry["structure"], "weight")
    if set(structure) != set(STRUCTURE):
        raise ContentError(file, "structure", f"must be {', '.join(STRUCTURE)}")
    fields = [_numbers(file, "targets", entry["targets"], f) for f in ("start", "share", "spread")]
    if set(fields[0]) != set(TARGETS) or min(fields[2].values()) <= 0:
        raise ContentError(file, "targets", f"must be {', '.join(TARGETS)} with spreads above 0")
    scales = {target: Scale(*(numbers[target] for numbers in fields)) for target in TARGETS}
    return Weights(own, structure, scales)


def _numbers(file: Path, part: str, entries: dict[str, Any], field: str) -> dict[str, float]:
    found = {}
    for name, entry in entries.items():
        value = entry.get(field) if isinstance(entry, dict) else None
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise ContentError(file, f"{part}.{name}.{field}", "must be a number")
        if not isinstance(entry.get("why"), str):
            raise ContentError(file, f"{part}.{name}.why", "is missing")
        found[name] = float(value)
    return found
