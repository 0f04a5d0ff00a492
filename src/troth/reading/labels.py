"""What people said of a dialogue, as training wants it."""

from __future__ import annotations

import difflib
import math
from typing import Any, Final

from troth.content.acts import acts
from troth.reading.schema import GRADES, TARGETS
from troth.reading.wrong import WrongLineError

#: Keys of a turn's stars; their mean is brought to 0–1.
STARS: Final = ("1", "2", "3", "4", "5")


def labels_of(record: dict[str, Any]) -> dict[str, Any]:
    """The labels of one dialogue.

    Args:
        record: ``satisfaction``, ``solved`` and ``effectiveness`` as a score −2..2 or a distribution
            over ``GRADES`` (shares or counts), each where it was rated; ``turns``, of which each may
            have ``satisfaction`` (0–1, or a distribution over ``STARS``) and ``acts`` (names).

    Returns:
        As ``schema.Dialogue.labels`` has them.

    Raises:
        WrongLineError: a label is no such thing; says where and why.

    >>> labels_of({"satisfaction": 1.5, "turns": []})["satisfaction"]
    {'-2': 0.0, '-1': 0.0, '0': 0.0, '1': 0.5, '2': 0.5}
    """
    found: dict[str, Any] = {
        target: _grades(record[target], target)
        for target in TARGETS
        if record.get(target) is not None
    }
    turns = [_of_turn(turn, f"turns[{i}]") for i, turn in enumerate(record["turns"])]
    return found | ({"turns": turns} if any(turns) else {})


def _grades(value: Any, where: str) -> dict[str, float]:
    if isinstance(value, dict):
        return _distribution(value, GRADES, where, "reading.wrong.grades")
    score = _number(value, where, "reading.wrong.grades")
    if not -2.0 <= score <= 2.0:
        raise WrongLineError(where, "reading.wrong.grades", value)
    # A score between two grades is shared by them, so that its mean is kept.
    return {grade: max(0.0, 1.0 - abs(score - int(grade))) for grade in GRADES}


def _of_turn(turn: dict[str, Any], where: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if turn.get("satisfaction") is not None:
        found["satisfaction"] = _share(turn["satisfaction"], f"{where}.satisfaction")
    if turn.get("acts") is not None:
        found["acts"] = _acts(turn["acts"], f"{where}.acts")
    return found


def _share(value: Any, where: str) -> float:
    if isinstance(value, dict):
        shares = _distribution(value, STARS, where, "reading.wrong.share")
        return sum((int(stars) - 1) / 4 * share for stars, share in shares.items())
    share = _number(value, where, "reading.wrong.share")
    if not 0.0 <= share <= 1.0:
        raise WrongLineError(where, "reading.wrong.share", value)
    return share


def _acts(value: Any, where: str) -> list[str] | dict[str, float]:
    """Names, or by name the share of raters who saw the act."""
    if isinstance(value, dict):
        for name in value:
            if name not in acts():
                raise _no_act(name, where)
        return {name: _share(share, f"{where}.{name}") for name, share in value.items()}
    if not isinstance(value, list):
        raise WrongLineError(where, "reading.wrong.list")
    names: list[str] = []
    for given in value:
        name = given.get("act") if isinstance(given, dict) else given
        if not isinstance(name, str) or name not in acts():
            raise _no_act(name, where)
        names.append(name)
    return list(dict.fromkeys(names))


def _no_act(name: Any, where: str) -> WrongLineError:
    near = difflib.get_close_matches(str(name)[:80], list(acts()), n=1)
    if near:
        return WrongLineError(where, "reading.wrong.act_suggested", name, nearest=near[0])
    return WrongLineError(where, "reading.wrong.act", name)


def _distribution(
    value: dict[str, Any], keys: tuple[str, ...], where: str, key: str
) -> dict[str, float]:
    """Shares that sum to 1, from shares or counts; keys that are absent are 0."""
    if not set(value) <= set(keys):
        raise WrongLineError(where, key, value)
    parts = {name: _number(value.get(name, 0), f"{where}.{name}", key) for name in keys}
    total = math.fsum(parts.values())
    if min(parts.values()) < 0 or not 0 < total < math.inf:
        raise WrongLineError(where, key, value)
    return {name: part / total for name, part in parts.items()}


def _number(value: Any, where: str, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongLineError(where, key, value)
    try:
        number = float(value)
    except OverflowError as error:
        raise WrongLineError(where, key, "∞") from error
    if not math.isfinite(number):
        raise WrongLineError(where, key, value)
    return number
