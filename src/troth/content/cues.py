"""The cues: wording that shows an act, each with an example and a counter-example."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.acts import acts, scope_of
from troth.content.yaml_files import LANGUAGES, ContentError, load_mapping

FOLDER: Final = Path(__file__).parent / "cues"
_REQUIRED: Final = ("say", "strength", "yes", "no")
_OPTIONAL: Final = ("scope",)


@dataclass(frozen=True, slots=True)
class Cue:
    """One wording of one act.

    Attributes:
        act: what it shows.
        lang: ``zh`` or ``en``.
        say: the wording in the small language of `troth.reading.wording`.
        strength: 0–1, how surely it shows the act.
        scope: by surrounding, what happens to it there (see `troth.content.acts.SCOPES`).
        yes: a sentence in which it is read.
        no: a sentence in which it is not.
    """

    act: str
    lang: str
    say: str
    strength: float
    scope: dict[str, str]
    yes: str
    no: str


@cache
def cues(folder: Path = FOLDER) -> tuple[Cue, ...]:
    """Every cue of every act.

    Args:
        folder: one YAML file an act, its cues by language.

    Returns:
        Cues in order of act, language and place in the file.

    Raises:
        ContentError: a file is not that of an act, or a cue has a missing, unknown or impossible field.
    """
    found: list[Cue] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in acts():
            raise ContentError(path, "file", "is not named for an act in acts.yaml")
        found.extend(load_cues(path))
    return tuple(found)


def load_cues(path: Path) -> list[Cue]:
    """Read and check the cues of one act.

    Args:
        path: the YAML file; its name is the act's.

    Returns:
        Its cues.

    Raises:
        ContentError: a cue has a missing, unknown or impossible field; the message names it.
    """
    entry = load_mapping(path)
    for name in entry:
        if name not in LANGUAGES:
            raise ContentError(path, name, "is not a language we speak")
    found: list[Cue] = []
    for lang in LANGUAGES:
        written = entry.get(lang)
        if not isinstance(written, list) or not written:
            raise ContentError(path, lang, "must be a list of cues")
        found.extend(_cue(path, lang, f"{lang}[{place}]", cue) for place, cue in enumerate(written))
    seen: set[tuple[str, str]] = set()
    for cue in found:
        if (cue.lang, cue.say) in seen:
            raise ContentError(path, f"{cue.lang}: {cue.say}", "stands there twice")
        seen.add((cue.lang, cue.say))
    return found


def _cue(path: Path, lang: str, field: str, entry: Any) -> Cue:
    if not isinstance(entry, dict):
        raise ContentError(path, field, "must be a mapping")
    for name in entry:
        if name not in (*_REQUIRED, *_OPTIONAL):
            raise ContentError(path, f"{field}.{name}", "is not a known field")
    for name in ("say", "yes", "no"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise ContentError(path, f"{field}.{name}", "must be text")
    strength = entry.get("strength")
    if isinstance(strength, bool) or not isinstance(strength, int | float) or not 0 < strength <= 1:
        raise ContentError(path, f"{field}.strength", "must be above 0 and at most 1")
    act = acts()[path.stem]
    scope = act.scope
    if "scope" in entry:
        scope = scope_of(path, f"{field}.scope", entry["scope"], act.scope, set(acts()))
    return Cue(act.name, lang, entry["say"], float(strength), scope, entry["yes"], entry["no"])
