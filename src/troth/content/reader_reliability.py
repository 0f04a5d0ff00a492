"""How far the reader may be believed, as measured, by what it reads and in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.acts import GROUPS, acts
from troth.content.shares import number
from troth.content.yaml_files import LANGUAGES, ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "reader_reliability.yaml"
SATISFACTION: Final = "satisfaction"
#: By what is read, the measure whose value is a share to believe.
MEASURES: Final = {"acts": "precision", SATISFACTION: "r2"}
_FIELDS: Final = ("weights", "unmeasured", "figures")
_FIGURE: Final = ("what", "lang", "share", "measure", "data", "date")


@dataclass(frozen=True)
class Reliability:
    """Shares to believe.

    Attributes:
        weights: the reader that the figures were taken of, as its readings are stamped.
        unmeasured: 0–1, for everything else.
        why: why so much, by language.
        figures: 0–1 by what is read and language.
    """

    weights: str
    unmeasured: float
    why: dict[str, str]
    figures: dict[tuple[str, str], float]

    def share(self, names: tuple[str, ...], language: str) -> float:
        """How far to believe something read.

        Args:
            names: what was read, the closest name first: an act, then its group.
            language: as the reader says it; of ``mixed`` the less reliable counts.

        Returns:
            0–1; 0 for a language that is not read.
        """
        if language == "mixed":
            return min(self.share(names, lang) for lang in LANGUAGES)
        if language not in LANGUAGES:
            return 0.0
        found = (self.figures[name, language] for name in names if (name, language) in self.figures)
        return next(found, self.unmeasured)


@cache
def reliability(file: Path = FILE) -> Reliability:
    """The table.

    Args:
        file: a mapping of ``weights``, ``unmeasured`` and ``figures``.

    Returns:
        The table.

    Raises:
        ContentError: a field is missing, unknown or impossible, or a figure stands twice.

    >>> 0 < reliability().share(("evasion", "harm"), "zh") < 1
    True
    """
    found = load_mapping(file)
    for field in (*_FIELDS, *found):
        if field not in found or field not in _FIELDS:
            raise ContentError(file, field, "is missing or unknown")
    rest = found["unmeasured"]
    if not isinstance(rest, dict) or not isinstance(found["figures"], list):
        raise ContentError(file, "unmeasured or figures", "must be a mapping and a list")
    why = both_languages(file, "unmeasured", {k: v for k, v in rest.items() if k != "share"})
    figures: dict[tuple[str, str], float] = {}
    for place, row in enumerate(found["figures"], start=1):
        key, share = _figure(file, f"figures.{place}", row)
        if key in figures:
            raise ContentError(file, f"figures.{place}", f"{' '.join(key)} stands twice")
        figures[key] = share
    share = number(file, "unmeasured.share", rest.get("share"), 1.0)
    return Reliability(str(found["weights"]), share, why, figures)


def _figure(file: Path, field: str, row: Any) -> tuple[tuple[str, str], float]:
    if not isinstance(row, dict) or set(row) != set(_FIGURE):
        raise ContentError(file, field, f"must have {', '.join(_FIGURE)}")
    groups = {group for side in GROUPS.values() for group in side}
    what = row["what"]
    if what != SATISFACTION and what not in groups and what not in acts():
        raise ContentError(file, f"{field}.what", "must be an act, a group of acts or satisfaction")
    if row["lang"] not in LANGUAGES:
        raise ContentError(file, f"{field}.lang", f"must be one of {', '.join(LANGUAGES)}")
    wanted = MEASURES[SATISFACTION if what == SATISFACTION else "acts"]
    if row["measure"] != wanted:
        raise ContentError(file, f"{field}.measure", f"must be {wanted}")
    if not isinstance(row["date"], date) or not str(row["data"] or "").strip():
        raise ContentError(file, field, "must say on what data and when it was measured")
    return (what, row["lang"]), number(file, f"{field}.share", row["share"], 1.0)
