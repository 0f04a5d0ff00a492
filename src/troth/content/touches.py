"""What the page for entering by hand offers: short labels, each an event kind of the codebook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.kinds import Kind, codebook
from troth.content.shares import number
from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "touches.yaml"
GROUPS: Final = ("said", "shown")
SIGNS: Final = ("good", "bad", "neutral")
WANTS: Final = ("text", "due", None)
#: Labels stand on buttons side by side on a phone.
MOST_CHARACTERS: Final = 6
MOST_WORDS: Final = 3
_FIELDS: Final = {"key", "kind", "outcome", "sign", "zh", "en", "wants"}


@dataclass(frozen=True, slots=True)
class Touch:
    """One thing that can be entered by hand.

    Attributes:
        key: how forms name it; unique in the whole file.
        kind: name of a kind of the codebook.
        outcome: 0–1 to be written with the event; None where the kind has its own.
        sign: ``good``, ``bad`` or ``neutral``: what the event does to trust.
        zh: label in Chinese.
        en: label in English.
        wants: ``text`` where the words belong to it, ``due`` where a time does, or None.
    """

    key: str
    kind: str
    outcome: float | None
    sign: str
    zh: str
    en: str
    wants: str | None

    def label(self, lang: str) -> str:
        """The label in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class TouchGroup:
    """Touches that stand under one heading.

    Attributes:
        key: of ``GROUPS``.
        zh: heading in Chinese.
        en: heading in English.
        items: in the order in which they are offered.
    """

    key: str
    zh: str
    en: str
    items: tuple[Touch, ...]

    def label(self, lang: str) -> str:
        """The heading in one language."""
        return self.zh if lang == "zh" else self.en


@cache
def touches(path: Path = FILE) -> tuple[TouchGroup, ...]:
    """Everything that can be entered by hand.

    Args:
        path: the YAML file.

    Returns:
        Groups and their items in the order of the file.

    Raises:
        ContentError: a field is missing, unknown or at odds with the codebook; it is named.
    """
    told = load_mapping(path)
    if set(told) != {"groups"} or not isinstance(told["groups"], dict):
        raise ContentError(path, "groups", "must be the only part, and a mapping")
    for name in sorted(set(GROUPS) ^ set(told["groups"])):
        raise ContentError(path, name, "is missing" if name in GROUPS else "is not a group")
    groups = tuple(_group(path, name, entry) for name, entry in told["groups"].items())
    seen: set[str] = set()
    for touch in (touch for group in groups for touch in group.items):
        if touch.key in seen:
            raise ContentError(path, touch.key, "is there twice")
        seen.add(touch.key)
    return groups


def touch_of(key: str) -> Touch | None:
    """The touch with that key; None where there is none.

    >>> touch_of("promised").wants
    'due'
    """
    return next((t for group in touches() for t in group.items if t.key == key), None)


def _group(path: Path, name: str, entry: Any) -> TouchGroup:
    if not isinstance(entry, dict) or set(entry) != {"zh", "en", "items"}:
        raise ContentError(path, name, "must have zh, en and items")
    both_languages(path, name, {"zh": entry["zh"], "en": entry["en"]})
    if not isinstance(entry["items"], list) or not entry["items"]:
        raise ContentError(path, f"{name}.items", "must be a list")
    items = tuple(_touch(path, f"{name}[{i}]", item) for i, item in enumerate(entry["items"]))
    return TouchGroup(name, entry["zh"], entry["en"], items)


def _touch(path: Path, where: str, entry: Any) -> Touch:
    if not isinstance(entry, dict):
        raise ContentError(path, where, "must be a mapping")
    for field in sorted(_FIELDS ^ set(entry)):
        problem = "is missing" if field in _FIELDS else "is not a known field"
        raise ContentError(path, f"{where}.{field}", problem)
    if not isinstance(entry["key"], str) or not entry["key"]:
        raise ContentError(path, f"{where}.key", "must be text")
    kind = codebook().get(entry["kind"]) if isinstance(entry["kind"], str) else None
    if kind is None:
        raise ContentError(path, f"{where}.kind", f"{entry['kind']!r} is not in the codebook")
    # By hand there is no field for the event it answers, without which these mean nothing.
    if kind.retracts or kind.closes:
        raise ContentError(path, f"{where}.kind", "needs an event to refer to")
    outcome = _outcome(path, f"{where}.outcome", entry["outcome"], kind)
    if entry["sign"] != (sign := _sign(kind, outcome)):
        raise ContentError(path, f"{where}.sign", f"must be {sign}, as the codebook has it")
    if entry["wants"] not in WANTS:
        raise ContentError(path, f"{where}.wants", "must be text, due or null")
    _check_labels(path, where, entry)
    return Touch(**{**entry, "outcome": outcome})


def _outcome(path: Path, field: str, value: Any, kind: Kind) -> float | None:
    """The outcome given; only a kind without one takes it, so that the codebook stays the one place."""
    if kind.outcome is None:
        return number(path, field, value, 1.0)
    if value is not None:
        raise ContentError(path, field, f"must be null: {kind.name} has its own")
    return None


def _sign(kind: Kind, outcome: float | None) -> str:
    given = kind.outcome if outcome is None else outcome
    if kind.weight == 0 or given is None or given == 0.5:
        return "neutral"
    return "good" if given > 0.5 else "bad"


def _check_labels(path: Path, where: str, entry: dict[str, Any]) -> None:
    labels = both_languages(path, where, {"zh": entry["zh"], "en": entry["en"]})
    if len(labels["zh"]) > MOST_CHARACTERS:
        raise ContentError(path, f"{where}.zh", f"is over {MOST_CHARACTERS} characters")
    if len(labels["en"].split()) > MOST_WORDS:
        raise ContentError(path, f"{where}.en", f"is over {MOST_WORDS} words")
