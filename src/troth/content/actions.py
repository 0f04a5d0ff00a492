"""What may be done next for a relationship: names, deeds and effects, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from troth.content.sources import sources
from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "actions.yaml"
LEADS: Final = ("promise", "repair", "reply", "add", "today", "card", "stay")
_TEXTS: Final = ("name", "do", "effect")
_FLAGS: Final = ("owed", "spends")
_FIELDS: Final = {*_TEXTS, *_FLAGS, "source", "leads"}


@dataclass(frozen=True)
class Deed:
    """One thing that may be done next.

    Attributes:
        key: how rules, logs and programs name it.
        place: how early it comes, from 0; the order of the file.
        name: in a few words, by language; likewise ``do``, and the ``effect`` expected.
        source: key in sources.yaml.
        owed: whether we owe it, so that nothing holds it back.
        spends: whether it reaches out unasked and takes up the quiet budget.
        leads: where accepting it leads, of ``LEADS``.
    """

    key: str
    place: int
    name: dict[str, str]
    do: dict[str, str]
    effect: dict[str, str]
    source: str
    owed: bool
    spends: bool
    leads: str


@cache
def deeds(file: Path = FILE) -> dict[str, Deed]:
    """Every deed by key, the most pressing first.

    Args:
        file: the YAML file.

    Raises:
        ContentError: a field is missing, unknown or impossible, or a deed that is owed is to spend.

    Source: our choice, decision 0030.

    >>> deeds()["leave_in_peace"].spends
    False
    """
    told = load_mapping(file)
    return {key: _deed(file, key, place, one) for place, (key, one) in enumerate(told.items())}


@cache
def rules_version(file: Path = FILE) -> str:
    """Twelve characters that change whenever the file does; logs say by which words people chose."""
    return sha256(file.read_bytes()).hexdigest()[:12]


def _deed(file: Path, key: str, place: int, told: Any) -> Deed:
    if not isinstance(told, dict):
        raise ContentError(file, key, "must be a mapping")
    for name in sorted(_FIELDS ^ set(told)):
        raise ContentError(file, f"{key}.{name}", "is missing" if name in _FIELDS else "is unknown")
    if not all(isinstance(told[name], bool) for name in _FLAGS) or (
        told["owed"] and told["spends"]
    ):
        raise ContentError(file, key, "owed and spends are true or false, and never both true")
    if told["source"] not in sources():
        raise ContentError(file, f"{key}.source", f"{told['source']!r} is not in sources.yaml")
    if told["leads"] not in LEADS:
        raise ContentError(file, f"{key}.leads", f"must be one of {', '.join(LEADS)}")
    texts = {name: both_languages(file, f"{key}.{name}", told[name]) for name in _TEXTS}
    return Deed(key, place, **{**told, **texts})
