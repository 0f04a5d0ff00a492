"""What a file would come to: the same reading and checks as an import, nothing kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from troth.content.presets import presets
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.mapping import guess, preview
from troth.ledger.intake.open import FORMATS, Choice, recognise
from troth.web.imports.chosen import OFFERED, WORDED, needed
from troth.web.ledger.imports import choice_of, dry_run, known_staff

if TYPE_CHECKING:
    from troth.ledger.events import Reading
    from troth.ledger.intake.mapping import Mapping, Preview
    from troth.ledger.intake.sheet import Sheet
    from troth.web.ledger.models import Batch

LISTED: Final = 50
SAMPLED: Final = 6
_GENERAL: Final = "any"


@dataclass(frozen=True)
class Row:
    """One of our fields in the mapper."""

    name: str
    needed: bool
    column: str
    constant: str
    worded: str | None


@dataclass
class Trial:
    """A file as the page shows it before anything is kept.

    Attributes:
        format: how it is read.
        problem: why nothing in it can be used; empty where all is well.
        reading: what an import would take and refuse.
        people: how many parties of each kind it names.
        preview: of a table, its first rows and what they become.
        rows: of a table, the mapper.
        preset: the preset in use, or "".
        scale: the worst and best rating.
        mapping: of a table, what its columns are taken to mean.
    """

    format: str
    problem: str = ""
    reading: Reading | None = None
    people: dict[str, int] = field(default_factory=dict)
    preview: Preview | None = None
    rows: list[Row] = field(default_factory=list)
    preset: str = ""
    scale: tuple[float, float] | None = None
    mapping: Mapping | None = None

    @property
    def taken(self) -> int:
        """Events that would be taken."""
        return len(self.reading.events) if self.reading else 0

    @property
    def sample(self) -> list[tuple[int, list[str]]]:
        """Number and cells of the first rows of a table."""
        if self.preview is None:
            return []
        columns = self.preview.columns
        rows = zip(self.preview.numbers, self.preview.rows, strict=True)
        return [(number, [cells.get(name, "") for name in columns]) for number, cells in rows]

    @property
    def refused(self) -> list[dict[str, Any]]:
        """The first refused rows."""
        return self.reading.rejected.slice(0, LISTED).to_pylist() if self.reading else []


def path_of(batch: Batch) -> Path:
    """Where a batch's file lies; the name was made by the desk, never by who sent it."""
    return Path(settings.HOME.uploads) / batch.file


def told_of(batch: Batch) -> dict[str, Any]:
    """The choice with our own people in it: those on record and those said on the page."""
    told = dict(batch.choice)
    told["staff"] = sorted({*known_staff(), *told.get("staff_said", [])})
    return told


def try_out(batch: Batch, now_us: int, lang: str) -> Trial:
    """Read and check a waiting file.

    Args:
        batch: with its file and choice.
        now_us: later times are refused.
        lang: language of reasons.
    """
    told = told_of(batch)
    try:
        data = path_of(batch).read_bytes()
        form = told.get("format") or recognise(batch.name, data)
    except (UnreadableError, OSError) as error:
        return Trial("columns", _said(error, lang))
    trial = Trial(form if form in FORMATS else "columns")
    if trial.format == "columns":
        _map(trial, batch.name, data, told, (now_us, lang))
        if trial.problem or (trial.preview and trial.preview.lacks):
            return trial
        told |= {"format": "columns", "mapping": _as_dict(trial.mapping), "preset": None}
    try:
        trial.reading, sheet = dry_run(batch.name, data, told, now_us, lang)
        trial.people = _people(sheet)
    except (UnreadableError, ValueError) as error:
        trial.problem = _said(error, lang)
    return trial


def settled(batch: Batch, now_us: int, lang: str) -> dict[str, Any]:
    """The choice as it stands once everything guessed is written down, to import by."""
    trial = try_out(batch, now_us, lang)
    told = told_of(batch) | {"format": trial.format}
    if trial.mapping is not None:
        told |= {"mapping": _as_dict(trial.mapping), "preset": None}
    return told


def _said(error: Exception, lang: str) -> str:
    return error.line(lang) if isinstance(error, UnreadableError) else str(error)


def _people(sheet: Sheet) -> dict[str, int]:
    return dict(Counter(person.kind for person in sheet.people.values()))


def _map(trial: Trial, name: str, data: bytes, told: dict[str, Any], when: tuple[int, str]) -> None:
    """Fill in the mapper: as chosen, by a preset, or as the header suggests."""
    from troth.ledger.intake.mapping import fitted

    try:
        choice: Choice = choice_of({**told, "mapping": None, "preset": None}, *when)
        first = preview(name, data, None, SAMPLED, choice)
        trial.preset = told.get("preset") or ""
        if told.get("mapping"):
            mapping = choice_of(told, *when).mapping
        elif trial.preset or first.presets:
            trial.preset = trial.preset or first.presets[0]
            mapping = fitted(presets()[trial.preset], first.columns)
        else:
            mapping = guess(first.columns)
        assert mapping is not None
        trial.preview = preview(name, data, mapping, SAMPLED, choice)
    except (UnreadableError, ValueError) as error:
        trial.problem = _said(error, when[1])
        return
    trial.scale = mapping.scale
    trial.rows = [
        Row(
            field_name, needed(field_name), mapping.columns.get(field_name, ""),
            mapping.constants.get(field_name, ""),
            _worded(mapping, field_name) if field_name in WORDED else None,
        )
        for field_name in OFFERED
    ]  # fmt: skip
    trial.mapping = mapping


def _worded(mapping: Mapping, name: str) -> str:
    return "\n".join(f"{theirs} = {ours}" for theirs, ours in mapping.values.get(name, {}).items())


def _as_dict(mapping: Mapping | None) -> dict[str, Any]:
    assert mapping is not None
    return {
        "columns": dict(mapping.columns), "constants": dict(mapping.constants),
        "values": {name: dict(told) for name, told in mapping.values.items()},
        "scale": list(mapping.scale) if mapping.scale else None,
    }  # fmt: skip


def presets_offered() -> list[tuple[str, str, str]]:
    """(key, zh, en) of the presets a person may choose."""
    return [(key, one.zh, one.en) for key, one in presets().items() if key != _GENERAL]
