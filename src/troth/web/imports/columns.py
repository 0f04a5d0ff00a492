"""The column mapper: our fields beside their columns, their words beside ours, and the first rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from troth.content.kinds import codebook, kind_name
from troth.content.presets import presets
from troth.ledger.intake.mapping import HOUSE, OTHERWISE, preview, suggest
from troth.ledger.intake.ratings import outcome_of
from troth.web.imports.chosen import CONSTANT, FIRST, GENERAL, MORE, OFFERED, WORDED, mapping_of
from troth.web.ledger.imports import choice_of

if TYPE_CHECKING:
    from troth.ledger.intake.mapping import Mapping, Preview
    from troth.pages.words import Words

#: Rows looked at for words that nobody has explained yet, and rows shown.
LOOKED_AT: Final = 400
SHOWN: Final = 6
#: Different words of one column that are asked about.
_ASKED: Final = 24
NEEDED: Final = ("at", "truster", "trustee", "kind")
SPEAKERS: Final = ("customer", "staff")


@dataclass(frozen=True)
class Said:
    """One word of theirs, and what it comes to.

    Attributes:
        theirs: as it stands in the file.
        ours: empty where nobody has said.
    """

    theirs: str
    ours: str


@dataclass(frozen=True)
class Line:
    """One of our fields in the mapper.

    Attributes:
        name: the field.
        label: what people call it.
        needed: whether a table must tell it.
        column: the column that tells it, or "".
        constant: the same for every row, or ""; None where that makes no sense.
        said: words of the column that need explaining.
    """

    name: str
    label: str
    needed: bool
    column: str
    constant: str | None
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Mapper:
    """A table's mapper as the page shows it.

    Attributes:
        columns: the table's header.
        first: the lines that every table needs, and those that are filled.
        more: the others.
        preset: the shipped mapping it started from, or "".
        mapping: what the columns mean.
        preview: the first rows and what they become.
        lacks: labels of what is still missing.
    """

    columns: list[str]
    first: list[Line]
    more: list[Line]
    preset: str
    mapping: Mapping
    preview: Preview
    lacks: list[str]


def header_of(name: str, data: bytes) -> list[str]:
    """The names of a table's columns.

    Raises:
        UnreadableError: nothing in it can be used.
    """
    return preview(name, data, None, 1).columns


def mapper_of(name: str, data: bytes, told: dict[str, Any], words: Words, now_us: int) -> Mapper:
    """The mapper for a table.

    Args:
        name: what to call the file.
        data: its beginning.
        told: the choice; a mapping in it goes before a preset, that before a guess.
        words: of the reader.
        now_us: later times are refused.

    Raises:
        UnreadableError: nothing in it can be used, or the mapping does not fit it.
        ValueError: the zone is none.
    """
    plain = {**told, "mapping": None, "preset": told.get("preset") or None}
    choice = choice_of(plain, now_us, words.lang)
    columns = header_of(name, data)
    mapping = mapping_of(told, columns)
    seen = preview(name, data, mapping, LOOKED_AT, choice)
    lines = {one: _line(one, mapping, seen, words) for one in OFFERED}
    told_more = [lines[one] for one in MORE if lines[one].column]
    rest = [lines[one] for one in MORE if not lines[one].column]
    lacks = [words.say(f"imports.field.{one}") for one in seen.lacks]
    return Mapper(
        columns, [*(lines[one] for one in FIRST), *told_more], rest, told.get("preset") or "",
        mapping, seen, lacks,
    )  # fmt: skip


def with_preset(name: str, data: bytes, told: dict[str, Any]) -> dict[str, Any]:
    """The choice with the shipped mapping that fits a table best, where nobody has chosen one.

    Raises:
        UnreadableError: nothing in it can be used.
    """
    if told.get("mapping") or told.get("preset") is not None:
        return told
    likely = suggest(header_of(name, data))
    return {**told, "preset": likely[0] if likely else ""}


def _line(name: str, mapping: Mapping, seen: Preview, words: Words) -> Line:
    column = mapping.columns.get(name, "")
    constant = mapping.constants.get(name, "") if name in CONSTANT else None
    said = _words_in(name, column, mapping, seen) if column and name in WORDED else []
    return Line(name, words.say(f"imports.field.{name}"), name in NEEDED, column, constant, said)


def _words_in(name: str, column: str, mapping: Mapping, seen: Preview) -> list[Said]:
    """Different words of a column, but for those that explain themselves."""
    values = mapping.values.get(name, {})
    found = dict.fromkeys(row[column] for row in seen.rows if column in row)
    asked = [one for one in found if one in values or not _plain(name, one, mapping.scale)]
    others = values.get(OTHERWISE, "")
    return [Said(one, values.get(one, others)) for one in asked[:_ASKED]]


def _plain(name: str, said: str, scale: tuple[float, float] | None) -> bool:
    """Whether a cell says by itself what it is."""
    if name == "kind":
        return kind_name(said) in codebook()
    if name == "speaker":
        return said in SPEAKERS
    if scale is not None:
        return outcome_of(said, scale) is not None
    return outcome_of(said, (0, 1)) is not None


def kinds_offered(words: Words) -> list[tuple[str, str]]:
    """(name, what people call it) of the kinds of event that a file may bring."""
    own = [(name, words.kind(name)) for name, kind in codebook().items() if not kind.retracts]
    return sorted(own, key=lambda one: one[1].lower())


def presets_offered(words: Words) -> list[tuple[str, str]]:
    """(key, what people call it) of the mappings that ship."""
    shipped = (one for one in presets().values() if one.key != GENERAL)
    return [(one.key, one.zh if words.lang == "zh" else one.en) for one in shipped]


def trustees_offered(words: Words) -> list[tuple[str, str]]:
    """What may stand for whoever served: the house itself."""
    return [(HOUSE, words.say("imports.the_house"))]
