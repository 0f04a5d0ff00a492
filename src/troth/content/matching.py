"""What the matching helper weighs, and what colleagues may state of themselves: closed lists both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "matching.yaml"
_STATED: Final = ("languages", "strengths", "wishes")
_PARTS: Final = {"weighs", "load", "learners", "asking", *_STATED}
_ASKING: Final = {"for", "not", "between", "address", "then", "then_not", "apart", "polite"}


@dataclass(frozen=True)
class Matching:
    """What is weighed, and what may be stated.

    Attributes:
        weighs: for ``customer`` and ``coach``, consideration → hundredths of a point at most.
        load: hundredths that each open ``promise`` and ``repair`` takes off.
        learners: how many a coach takes: ``usual``, and at ``most``.
        languages: key → name by language; likewise ``strengths`` and ``wishes``.
        asking: kind of words by which a customer asks for somebody → the words, by language.
    """

    weighs: dict[str, dict[str, int]]
    load: dict[str, int]
    learners: dict[str, int]
    languages: dict[str, dict[str, str]]
    strengths: dict[str, dict[str, str]]
    wishes: dict[str, dict[str, str]]
    asking: dict[str, dict[str, list[str]]]


@cache
def matching(file: Path = FILE) -> Matching:
    """The closed lists.

    Args:
        file: the YAML file.

    Raises:
        ContentError: a part is missing, unknown or not of its kind.

    Source: our choice, decision 0031.

    >>> matching().weighs["customer"]["wish"]
    400
    """
    told = load_mapping(file)
    for name in sorted(_PARTS ^ set(told)):
        raise ContentError(file, name, "is missing" if name in _PARTS else "is not known")
    weighs = {whom: _points(file, f"weighs.{whom}", part) for whom, part in told["weighs"].items()}
    stated = {
        name: {key: both_languages(file, f"{name}.{key}", one) for key, one in told[name].items()}
        for name in _STATED
    }
    load, learners = (_points(file, name, told[name]) for name in ("load", "learners"))
    return Matching(weighs, load, learners, **stated, asking=_asking(file, told["asking"]))


def _asking(file: Path, told: dict[str, Any]) -> dict[str, dict[str, list[str]]]:
    for kind in sorted(_ASKING ^ set(told)):
        raise ContentError(
            file, f"asking.{kind}", "is missing" if kind in _ASKING else "is not known"
        )
    for kind, words in told.items():
        if set(words) != {"zh", "en"} or not all(
            isinstance(word, str) and word for one in words.values() for word in one
        ):
            raise ContentError(file, f"asking.{kind}", "needs words in zh and en")
    return told


def _points(file: Path, field: str, value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or not all(
        type(one) is int and one > 0 for one in value.values()
    ):
        raise ContentError(file, field, "must map names to whole numbers above 0")
    return value
