"""The acts: what a message can do, who can do it, and what silences a cue of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.shares import loadings, number
from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "acts.yaml"
SIDES: Final = ("customer", "staff")
#: What can stand around a cue, and what happens to it there unless an act or a cue says otherwise.
SCOPES: Final = {
    "negation": "drop",
    "quotation": "drop",
    "question": "keep",
    "condition": "keep",
    "others": "keep",
    "past": "keep",
    "concession": "keep",
    "courtesy": "keep",
    "explained": "keep",
}
#: Acts of one group say the same about trust: in one message they count once.
GROUPS: Final = {
    "staff": ("care", "honesty", "work", "harm"),
    "customer": ("hurt", "glad"),
}
_FIELDS: Final = ("unless", "sides", "valence", "harm", "zh", "en", "scope", "evidence")
_EVIDENCE: Final = ("group", "outcome", "weight", "loadings")


@dataclass(frozen=True)
class Says:
    """What an act says about the customer's trust in the staff member.

    Attributes:
        group: of ``GROUPS``.
        outcome: 0 trust let down, 1 trust honoured.
        weight: above 0, up to 1, where the act is shown beyond doubt by a reader that never errs.
        loadings: share by dimension, summing to 1.
    """

    group: str
    outcome: float
    weight: float
    loadings: dict[str, float]


@dataclass(frozen=True)
class Act:
    """One act.

    Attributes:
        name: snake_case.
        zh: what people call it in Chinese.
        en: what people call it in English.
        sides: who can do it, of ``customer`` and ``staff``.
        valence: −1..1, what it does to the sentiment of a message.
        harm: whether it hurts trust.
        scope: by surrounding, ``drop``, ``keep`` or (negation only) the act it turns into.
        evidence: what it says about trust; None for nothing.
        unless: acts that, further on in the same message, show that it was not meant so.
    """

    name: str
    zh: str
    en: str
    sides: tuple[str, ...]
    valence: float
    harm: bool
    scope: dict[str, str]
    evidence: Says | None
    unless: tuple[str, ...] = ()


@cache
def acts(file: Path = FILE) -> dict[str, Act]:
    """Every act by name, in the order of the file.

    Args:
        file: a mapping of names to fields.

    Returns:
        The acts.

    Raises:
        ContentError: a field is missing, unknown or impossible.

    >>> acts()["blame"].harm
    True
    """
    entries = load_mapping(file)
    return {name: _act(file, name, entry, entries) for name, entry in entries.items()}


def _act(file: Path, name: str, entry: Any, entries: dict[str, Any]) -> Act:
    if not isinstance(entry, dict):
        raise ContentError(file, name, "must be a mapping")
    for key in entry:
        if key not in _FIELDS:
            raise ContentError(file, f"{name}.{key}", "is not a known field")
    both_languages(file, name, {"zh": entry.get("zh"), "en": entry.get("en")})
    sides = tuple(entry.get("sides", ()))
    if not sides or any(side not in SIDES for side in sides):
        raise ContentError(file, f"{name}.sides", f"must be some of {', '.join(SIDES)}")
    valence = entry.get("valence")
    if not isinstance(valence, int | float) or not -1.0 <= valence <= 1.0:
        raise ContentError(file, f"{name}.valence", "must be from -1 to 1")
    scope = scope_of(file, f"{name}.scope", entry.get("scope", {}), SCOPES, set(entries))
    unless = tuple(entry.get("unless", ()))
    if any(other not in entries for other in unless):
        raise ContentError(file, f"{name}.unless", "must be names of acts")
    says = (
        _says(file, f"{name}.evidence", entry["evidence"], sides) if "evidence" in entry else None
    )
    return Act(
        name, entry["zh"], entry["en"], sides, float(valence), entry.get("harm", False) is True,
        scope, says, unless,
    )  # fmt: skip


def _says(file: Path, field: str, entry: Any, sides: tuple[str, ...]) -> Says:
    if not isinstance(entry, dict) or set(entry) != set(_EVIDENCE):
        raise ContentError(file, field, f"must have {', '.join(_EVIDENCE)}")
    if len(sides) != 1 or entry["group"] not in GROUPS[sides[0]]:
        raise ContentError(file, f"{field}.group", "must be a group of the one side that does it")
    weight = number(file, f"{field}.weight", entry["weight"], 1.0)
    if not weight:
        raise ContentError(file, f"{field}.weight", "must be above 0; leave evidence out instead")
    return Says(
        entry["group"],
        number(file, f"{field}.outcome", entry["outcome"], 1.0),
        weight,
        loadings(file, f"{field}.loadings", entry["loadings"]),
    )


def scope_of(
    file: Path, field: str, given: Any, default: dict[str, str], names: set[str]
) -> dict[str, str]:
    """A scope with its gaps filled.

    Args:
        file: where it stands, for messages.
        field: where in the file, for messages.
        given: what the file says.
        default: what holds where it says nothing.
        names: the names of all acts.

    Returns:
        What happens to a cue, by surrounding.

    Raises:
        ContentError: an unknown surrounding, or something that cannot happen to a cue there.
    """
    if not isinstance(given, dict):
        raise ContentError(file, field, "must be a mapping")
    for around, then in given.items():
        if around not in SCOPES:
            raise ContentError(file, f"{field}.{around}", f"must be one of {', '.join(SCOPES)}")
        if then not in ("drop", "keep") and not (around == "negation" and then in names):
            raise ContentError(file, f"{field}.{around}", "must be drop, keep or (negation) an act")
    return {**default, **given}
