"""The questionnaires: what is asked, how it is scored, whose it is and how far it was validated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.sources import sources
from troth.content.yaml_files import LANGUAGES, ContentError, both_languages, load_mapping

FOLDER: Final = Path(__file__).parent / "questionnaires"
#: Who may be asked.
AUDIENCES: Final = ("staff", "customer", "team")
METHODS: Final = ("mean", "sum")
#: Kind of result → the scales it must have; empty for any.
RESULTS: Final[dict[str, tuple[str, ...]]] = {
    "scales": (),
    "circumplex": ("pa", "bc", "de", "fg", "hi", "jk", "lm", "no"),
    "attachment": ("avoidance", "anxiety"),
    "wishes": (),
    "culture": (),
}
_WORDS: Final = ("title", "about", "instruction", "limits", "licence")
_FIELDS: Final = (
    *_WORDS, "source", "validated", "audience", "keeps_days", "result", "choices", "items", "scales",
)  # fmt: skip
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Choice:
    """One answer that can be ticked.

    Attributes:
        value: what is stored and scored.
        text: its words, by language.
        wish: for results of kind ``wishes``, what it says somebody likes; else empty.
    """

    value: int
    text: dict[str, str]
    wish: str = ""


@dataclass(frozen=True)
class Item:
    """One thing asked.

    Attributes:
        name: under which its answer is stored.
        text: its words, by language.
        scale: the scale it belongs to; empty for wishes.
        reversed: whether agreeing speaks against its scale.
        choices: answers of its own; None where it has those of the questionnaire.
    """

    name: str
    text: dict[str, str]
    scale: str
    reversed: bool
    choices: tuple[Choice, ...] | None = None


@dataclass(frozen=True)
class Scale:
    """What several items measure together.

    Attributes:
        name: snake_case.
        title: what people call it, by language.
        high: what a high score means, by language.
        low: what a low score means, by language.
        items: names of its items, in the order asked.
        method: ``mean`` or ``sum`` of the answers, the reversed ones turned round.
    """

    name: str
    title: dict[str, str]
    high: dict[str, str]
    low: dict[str, str]
    items: tuple[str, ...]
    method: str


@dataclass(frozen=True)
class Questionnaire:
    """One questionnaire.

    Attributes:
        name: snake_case, also the name of the file.
        title: what people call it, by language.
        about: what it is for, by language.
        instruction: what is read before answering, by language.
        limits: what a result cannot tell, by language.
        source: key in sources.yaml.
        licence: on what terms it is used, by language.
        validated: by language, whether this wording was examined in a published study.
        audience: who may be asked, of ``AUDIENCES``.
        keeps_days: for how many days a result is taken as known.
        choices: the answers to items that have none of their own; may be empty.
        items: in the order asked.
        scales: in the order shown; none for wishes.
        result: a key of ``RESULTS``.
    """

    name: str
    title: dict[str, str]
    about: dict[str, str]
    instruction: dict[str, str]
    limits: dict[str, str]
    source: str
    licence: dict[str, str]
    validated: dict[str, bool]
    audience: tuple[str, ...]
    keeps_days: int
    choices: tuple[Choice, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    result: str

    def item(self, name: str) -> Item:
        """The item of that name.

        Raises:
            KeyError: there is none.
        """
        for item in self.items:
            if item.name == name:
                return item
        raise KeyError(name)

    def choices_of(self, item: Item) -> tuple[Choice, ...]:
        """What can be answered to an item: its own choices, or those of the questionnaire."""
        return self.choices if item.choices is None else item.choices


@cache
def questionnaires(folder: Path = FOLDER) -> dict[str, Questionnaire]:
    """Every questionnaire by name.

    Args:
        folder: one YAML file a questionnaire.

    Returns:
        Questionnaires in order of name.

    Raises:
        ContentError: a file has a missing, unknown or impossible field; it is named.
    """
    return {path.stem: load_questionnaire(path) for path in sorted(folder.glob("*.yaml"))}


def load_questionnaire(path: Path) -> Questionnaire:
    """Read and check one questionnaire.

    Args:
        path: the YAML file; its name is the questionnaire's.

    Returns:
        The questionnaire.

    Raises:
        ContentError: a field is missing, unknown or impossible; the message names it.
    """
    told = load_mapping(path)
    if not _NAME.fullmatch(path.stem):
        raise ContentError(path, "file", "name must be snake_case")
    _only(path, "", told, _FIELDS, _FIELDS)
    words = {field: both_languages(path, field, told[field]) for field in _WORDS}
    if told["source"] not in sources():
        raise ContentError(path, "source", f"{told['source']!r} is not in sources.yaml")
    if told["result"] not in RESULTS:
        raise ContentError(path, "result", f"must be one of {', '.join(RESULTS)}")
    keeps = told["keeps_days"]
    if not _whole(keeps) or keeps < 1:
        raise ContentError(path, "keeps_days", "must be a whole number above 0")
    wishes = told["result"] == "wishes"
    choices = _choices(path, "choices", told["choices"], wishes=wishes) if told["choices"] else ()
    items = _items(path, told["items"], choices, wishes=wishes)
    return Questionnaire(
        name=path.stem,
        **words,
        source=told["source"],
        validated=_validated(path, told["validated"]),
        audience=_audience(path, told["audience"]),
        keeps_days=keeps,
        choices=choices,
        items=items,
        scales=_scales(path, told["scales"], items, told["result"]),
        result=told["result"],
    )


def _only(
    path: Path, where: str, told: Any, required: tuple[str, ...], known: tuple[str, ...]
) -> None:
    """Refuse what is no mapping, lacks a required field or has an unknown one."""
    if not isinstance(told, dict):
        raise ContentError(path, where, "must be a mapping")
    dot = f"{where}." if where else ""
    for field in required:
        if field not in told:
            raise ContentError(path, f"{dot}{field}", "is missing")
    for field in told:
        if field not in known:
            raise ContentError(path, f"{dot}{field}", "is not a known field")


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _listed(path: Path, where: str, told: Any) -> list[Any]:
    if not isinstance(told, list) or not told:
        raise ContentError(path, where, "must be a list that is not empty")
    return told


def _name_of(path: Path, where: str, told: Any, taken: set[str]) -> str:
    if not isinstance(told, str) or not _NAME.fullmatch(told):
        raise ContentError(path, f"{where}.name", "must be snake_case")
    if told in taken:
        raise ContentError(path, f"{where}.name", f"{told!r} is there twice")
    taken.add(told)
    return told


def _validated(path: Path, told: Any) -> dict[str, bool]:
    _only(path, "validated", told, LANGUAGES, LANGUAGES)
    for language, value in told.items():
        if not isinstance(value, bool):
            raise ContentError(path, f"validated.{language}", "must be true or false")
    return dict(told)


def _audience(path: Path, told: Any) -> tuple[str, ...]:
    for who in _listed(path, "audience", told):
        if who not in AUDIENCES:
            raise ContentError(path, "audience", f"must be of {', '.join(AUDIENCES)}")
    return tuple(told)


def _choices(path: Path, where: str, told: Any, *, wishes: bool) -> tuple[Choice, ...]:
    fields = ("value", "zh", "en", *(("wish",) if wishes else ()))
    found: list[Choice] = []
    for i, entry in enumerate(_listed(path, where, told)):
        at = f"{where}[{i}]"
        _only(path, at, entry, fields, fields)
        text = both_languages(path, at, {lang: entry[lang] for lang in LANGUAGES})
        if not _whole(entry["value"]) or (found and entry["value"] != found[-1].value + 1):
            raise ContentError(path, f"{at}.value", "must be a whole number, each one higher")
        found.append(Choice(entry["value"], text, entry.get("wish", "")))
    if len(found) < 2:
        raise ContentError(path, where, "must give at least two answers")
    return tuple(found)


def _items(path: Path, told: Any, choices: tuple[Choice, ...], *, wishes: bool) -> tuple[Item, ...]:
    required = ("name", "zh", "en", *(() if wishes else ("scale",)))
    known = (*required, "choices", *(() if wishes else ("reversed",)))
    found: list[Item] = []
    names: set[str] = set()
    for i, entry in enumerate(_listed(path, "items", told)):
        at = f"items[{i}]"
        _only(path, at, entry, required, known)
        text = both_languages(path, at, {lang: entry[lang] for lang in LANGUAGES})
        if not isinstance(entry.get("reversed", False), bool):
            raise ContentError(path, f"{at}.reversed", "must be true or false")
        own = None
        if "choices" in entry:
            own = _choices(path, f"{at}.choices", entry["choices"], wishes=wishes)
        elif not choices:
            raise ContentError(path, f"{at}.choices", "is missing, and the questionnaire has none")
        name = _name_of(path, at, entry["name"], names)
        found.append(Item(name, text, entry.get("scale", ""), entry.get("reversed", False), own))
    return tuple(found)


def _scales(path: Path, told: Any, items: tuple[Item, ...], result: str) -> tuple[Scale, ...]:
    if result == "wishes":
        if told != []:
            raise ContentError(path, "scales", "must be empty where the result is wishes")
        return ()
    words = ("title", "high", "low")
    fields = ("name", *words, "method")
    found: list[Scale] = []
    names: set[str] = set()
    for i, entry in enumerate(_listed(path, "scales", told)):
        at = f"scales[{i}]"
        _only(path, at, entry, fields, fields)
        name = _name_of(path, at, entry["name"], names)
        said = {field: both_languages(path, f"{at}.{field}", entry[field]) for field in words}
        if entry["method"] not in METHODS:
            raise ContentError(path, f"{at}.method", f"must be one of {', '.join(METHODS)}")
        own = tuple(item.name for item in items if item.scale == name)
        if not own:
            raise ContentError(path, f"{at}.name", f"{name!r} has no items")
        found.append(Scale(name=name, **said, items=own, method=entry["method"]))
    for i, item in enumerate(items):
        if item.scale not in names:
            raise ContentError(path, f"items[{i}].scale", f"{item.scale!r} is not a scale")
    if RESULTS[result] and set(RESULTS[result]) != names:
        raise ContentError(path, "scales", f"must be {', '.join(RESULTS[result])}")
    return tuple(found)
