"""What each stage of a relationship, and the overlay repair, asks of the team."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from troth.content.sources import sources
from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "stages.yaml"
NAMES: Final = ("first_contact", "understanding", "building", "maintenance", "repair")
MEASURES: Final = (
    "promises",
    "preferences",
    "disclosures",
    "people",
    "open_breaches",
    "last_contact",
    "hand_overs",
)


@dataclass(frozen=True)
class Ask:
    """One line of a checklist.

    Attributes:
        zh: what is asked, in Chinese.
        en: what is asked, in English.
        source: key in sources.yaml.
        measure: the fact of the ledger that speaks to it, one of ``MEASURES``, or None.
    """

    zh: str
    en: str
    source: str
    measure: str | None = None

    def words(self, lang: str) -> str:
        """What is asked, in one language."""
        return self.zh if lang == "zh" else self.en


@cache
def checklists(path: Path = FILE) -> dict[str, tuple[Ask, ...]]:
    """The checklist of every stage and of repair.

    Args:
        path: the YAML file.

    Returns:
        Lines by stage, in the order of the file.

    Raises:
        ContentError: a stage is missing or unknown, or a line has a wrong field; it is named.
    """
    told = load_mapping(path)
    for name in sorted(set(NAMES) ^ set(told)):
        raise ContentError(path, name, "is missing" if name in NAMES else "is not a stage")
    return {name: tuple(_ask(path, name, line) for line in told[name]) for name in NAMES}


def _ask(path: Path, name: str, line: object) -> Ask:
    if not isinstance(line, dict):
        raise ContentError(path, name, "must be a list of mappings")
    for field in sorted(set(line) - {"zh", "en", "source", "measure"}):
        raise ContentError(path, f"{name}.{field}", "is not a known field")
    words = both_languages(path, name, {lang: line.get(lang) for lang in ("zh", "en")})
    if line.get("source") not in sources():
        raise ContentError(path, f"{name}.source", f"{line.get('source')!r} is not in sources.yaml")
    if line.get("measure") not in (None, *MEASURES):
        raise ContentError(path, f"{name}.measure", f"must be one of {', '.join(MEASURES)}")
    return Ask(words["zh"], words["en"], line["source"], line.get("measure"))
