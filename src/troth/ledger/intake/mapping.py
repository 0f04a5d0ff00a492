"""Which column of a table means what: said by a person, shipped as a preset, or guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from troth.content.presets import presets
from troth.ledger.schema import DIMENSIONS, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.content.presets import Preset
    from troth.ledger.intake.choice import Choice

#: Stands for the organisation of the choice, where nobody of staff is named.
HOUSE: Final = "{house}"
#: The value of ``Mapping.values`` that any other value comes to.
OTHERWISE: Final = "*"
#: Our columns, and what else a column may mean: a reply to the review with its time, a later word
#: of the same customer with its time, a wish, what tells two people of one name apart, the count of
#: visits so far.
FIELDS: Final = (
    "event_id", "at", "truster", "trustee", "organisation", "kind", "outcome", "weight",
    *DIMENSIONS, "ref", "due", "text", "channel", "source", "speaker", "thread",
    "reply", "reply_at", "more", "more_at", "wish", "person", "visits",
)  # fmt: skip
#: What a table must say in some column or once for all.
NEEDED: Final = ("at", "truster", "trustee", "kind")
_GENERAL: Final = "any"


@dataclass(frozen=True)
class Mapping:
    """Which column means what.

    Attributes:
        columns: their column, by our field (one of ``FIELDS``).
        constants: the same value in every record, by our field; ``{house}`` stands for the
            organisation; ``again`` is the kind of a customer's later visits.
        values: our value by theirs, by field; ``*`` is any other.
        scale: the worst and the best rating, which become the outcomes 0 and 1.
    """

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    scale: tuple[float, float] | None = None

    def lacks(self) -> list[str]:
        """Fields that are needed and that nothing is said about."""
        return [name for name in NEEDED if name not in self.columns and name not in self.constants]

    def wrong(self) -> str:
        """What makes no sense in it, in a few words; empty where all is well."""
        unknown = sorted({*self.columns, *self.values} - set(FIELDS))
        unknown += sorted(set(self.constants) - {*FIELDS, "again"})
        if unknown:
            return ", ".join(unknown)
        if self.scale is not None and not abs(self.scale[1] - self.scale[0]) > 0:
            return "scale"
        return ""


def guess(columns: list[str]) -> Mapping:
    """Guess a mapping from column names in Chinese or English.

    A rating makes the records reviews from 1 to 5, words alone make them messages, and where no column
    names staff the organisation is the trustee; all of it is shown in the preview, to be changed.

    Args:
        columns: the table's header.

    Returns:
        What could be guessed; ``lacks`` says what could not.

    >>> guess(["用户昵称", "评分", "时间"]).columns
    {'at': '时间', 'truster': '用户昵称', 'outcome': '评分'}
    """
    found = fitted(presets()[_GENERAL], columns)
    constants = dict(found.constants)
    if "kind" not in found.columns:
        rated = "outcome" in found.columns
        constants["kind"] = "review" if rated else "message"
    if "trustee" not in found.columns:
        constants["trustee"] = HOUSE
    scale = found.scale if "outcome" in found.columns and "kind" in constants else None
    return Mapping(found.columns, constants, found.values, scale)


@dataclass(frozen=True)
class Preview:
    """The first rows of a table, and what they would become.

    Attributes:
        columns: their header.
        rows: their filled cells, as text.
        guessed: the mapping that the header suggests.
        presets: shipped mappings that could read it, the likeliest first.
        numbers: the number of each row, as a person counts it.
        records: by row number, what the row becomes: cells by our column, none where it is refused.
        refused: by row number, the column at fault and why, in the language of the choice.
        lacks: fields that are needed and that the mapping says nothing about.
    """

    columns: list[str]
    rows: list[dict[str, str]]
    guessed: Mapping
    presets: list[str]
    numbers: list[int]
    records: dict[int, list[dict[str, Any]]]
    refused: dict[int, list[tuple[str, str]]]
    lacks: list[str]


def preview(
    name: str,
    data: bytes,
    mapping: Mapping | None = None,
    most: int = 20,
    choice: Choice | None = None,
) -> Preview:
    """Show what the first rows of a table would become.

    Args:
        name: what to call the file.
        data: CSV, JSONL, Parquet or Arrow.
        mapping: what its columns mean; guessed where None.
        most: so many rows.
        choice: who reads it; UTC, and no time lies in the future, where None.

    Returns:
        Header, rows, guess and outcome.

    Raises:
        UnreadableError: nothing in the file can be used, or the mapping does not fit it.
    """
    from troth.ledger.intake.previewing import preview_of

    return preview_of(name, data, mapping, most, choice)


def fitted(preset: Preset, columns: Iterable[str]) -> Mapping:
    """The mapping that a preset comes to for a header: the first of its names that is there."""
    plain: dict[str, str] = {}
    for column in columns:
        plain.setdefault(_plain(column), column)
    chosen: dict[str, str] = {}
    for name, aliases in preset.columns.items():
        here = next((plain[_plain(a)] for a in aliases if _plain(a) in plain), None)
        if here is not None and here not in chosen.values():
            chosen[name] = here
    constants = {name: v for name, v in preset.constants.items() if name not in chosen}
    return Mapping(chosen, constants, preset.values, preset.scale)


def suggest(columns: list[str]) -> list[str]:
    """Presets that could read a table, the one that knows most of its columns first."""
    counted = []
    for name, preset in presets().items():
        found = fitted(preset, columns)
        if name != _GENERAL and not found.lacks():
            telling = sum(any(_plain(t) == _plain(c) for c in columns) for t in preset.telling)
            counted.append((-telling, -len(found.columns), name))
    return [name for telling, _, name in sorted(counted) if telling]


def _plain(column: str) -> str:
    """A column's name without what differs from one export to the next."""
    return "".join(c for c in plain_name(column).lower() if c.isalnum())


def as_dict(mapping: Mapping) -> dict[str, Any]:
    """A mapping as JSON holds it."""
    return {
        "columns": dict(mapping.columns),
        "constants": dict(mapping.constants),
        "values": {name: dict(values) for name, values in mapping.values.items()},
        "scale": list(mapping.scale) if mapping.scale else None,
    }
