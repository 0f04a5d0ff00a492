"""The codebook: what kinds of event there are and what each says about trust by default."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from troth.content.shares import loadings, number, shares
from troth.content.sources import sources
from troth.content.yaml_files import ContentError, both_languages, load_mapping

FOLDER: Final = Path(__file__).parent / "kinds"
DIRECTIONS: Final = ("toward_truster", "toward_trustee")
_REQUIRED: Final = ("zh", "en", "direction", "outcome", "weight", "loadings", "source")
_FLAGS: Final = ("judged", "opens", "closes", "retracts", "among_us")
_OPTIONAL: Final = (*_FLAGS, "repairs", "note")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Kind:
    """One kind of event and its defaults.

    Attributes:
        name: snake_case, also the name of the file.
        zh: what people call it in Chinese.
        en: what people call it in English.
        direction: ``toward_truster`` where the trustee acted, else ``toward_trustee``.
        outcome: default outcome 0–1; None where every event must bring its own.
        weight: default weight ≥ 0; 0 is no evidence.
        loadings: share of the evidence by dimension, summing to 1.
        judged: whether its outcome is a target for fitting.
        opens: whether it opens a breach that waits for repair.
        closes: whether it closes the open breach it refers to.
        retracts: whether it takes back the event it refers to.
        among_us: whether it is a deed between colleagues, in which nobody meets the truster.
        repairs: by dimension, the share 0–1 of the breach's harm that it undoes; empty for none.
        source: key in sources.yaml.
        note: why, by language; may be empty.
    """

    name: str
    zh: str
    en: str
    direction: str
    outcome: float | None
    weight: float
    loadings: dict[str, float]
    source: str
    judged: bool = False
    opens: bool = False
    closes: bool = False
    retracts: bool = False
    among_us: bool = False
    repairs: dict[str, float] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)


@cache
def codebook(folder: Path = FOLDER) -> dict[str, Kind]:
    """Every kind by name.

    Args:
        folder: one YAML file a kind.

    Returns:
        Kinds in order of name.

    Raises:
        ContentError: a file has a missing, unknown or impossible field.
    """
    return {path.stem: load_kind(path) for path in sorted(folder.glob("*.yaml"))}


def load_kind(path: Path) -> Kind:
    """Read and check one kind.

    Args:
        path: the YAML file; its name is the kind's name.

    Returns:
        The kind.

    Raises:
        ContentError: a field is missing, unknown or impossible; the message names it.
    """
    entry = load_mapping(path)
    if not _NAME.fullmatch(path.stem):
        raise ContentError(path, "file", "name must be snake_case")
    for name in _REQUIRED:
        if name not in entry:
            raise ContentError(path, name, "is missing")
    for name in entry:
        if name not in (*_REQUIRED, *_OPTIONAL):
            raise ContentError(path, name, "is not a known field")
    both_languages(path, "name", {"zh": entry["zh"], "en": entry["en"]})
    if entry["direction"] not in DIRECTIONS:
        raise ContentError(path, "direction", f"must be one of {', '.join(DIRECTIONS)}")
    if entry["source"] not in sources():
        raise ContentError(path, "source", f"{entry['source']!r} is not in sources.yaml")
    for name in _FLAGS:
        if not isinstance(entry.get(name, False), bool):
            raise ContentError(path, name, "must be true or false")
    numbers = {
        "outcome": None
        if entry["outcome"] is None
        else number(path, "outcome", entry["outcome"], 1.0),
        "weight": number(path, "weight", entry["weight"], math.inf),
        "loadings": loadings(path, "loadings", entry["loadings"]),
        "repairs": shares(path, "repairs", entry.get("repairs", {})),
    }
    note = both_languages(path, "note", entry["note"]) if "note" in entry else {}
    return Kind(name=path.stem, **{**entry, **numbers, "note": note})


@cache
def contact_kinds() -> frozenset[str]:
    """Kinds in which somebody meets or hears from the truster; silence is counted between these."""
    return frozenset(kind.name for kind in codebook().values() if not kind.among_us)


def kind_name(written: str) -> str:
    """The codebook's spelling of a kind as a person may write it.

    Args:
        written: with spaces, hyphens or capitals, or a kind's Chinese name.

    Returns:
        snake_case; a name that is in no codebook comes back in snake_case too.

    >>> kind_name("Promise-kept"), kind_name("承诺兑现")
    ('promise_kept', 'promise_kept')
    """
    plain = re.sub(r"[\s\-_]+", "_", written.strip().lower())
    return _by_chinese_name().get(plain, plain)


@cache
def _by_chinese_name() -> dict[str, str]:
    return {kind.zh: name for name, kind in codebook().items()}


def nearest_kind(name: str) -> str | None:
    """The kind whose name looks most like ``name``, or None where nothing is close.

    >>> nearest_kind("promse_kept")
    'promise_kept'
    """
    close = difflib.get_close_matches(name[:80], list(codebook()), n=1)
    return close[0] if close else None
