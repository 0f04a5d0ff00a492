"""What a file would come to: the same reading and checks as an import, nothing kept but the answer.

The answer lies beside the file under the choice that it is for, so that a page, its download and a
second look need not read two hundred thousand rows again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.conf import settings

from troth.content.text import phrase
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.mapping import as_dict
from troth.ledger.intake.open import recognise
from troth.ledger.write import write_rejected
from troth.web.imports.beginning import beginning_of, path_of
from troth.web.imports.chosen import mapping_of
from troth.web.imports.columns import header_of, with_preset
from troth.web.ledger.colleagues import known_staff
from troth.web.ledger.imports import MOST_ROWS, dry_run

if TYPE_CHECKING:
    from troth.ledger.events import Reading
    from troth.ledger.intake.sheet import Sheet
    from troth.web.ledger.models import Batch

LISTED: Final = 50
SAMPLED: Final = 6
_NAMED: Final = 40
_NOBODY: Final = "intake.nobody_is_staff"
_KEPT: Final = ("t_us", "truster", "trustee", "kind", "outcome", "text", "speaker")


@dataclass
class Trial:
    """A whole file, tried.

    Attributes:
        digest: of the choice that it was tried by.
        asked_us: when it was asked for, microseconds UTC.
        done: whether the answer is here.
        problem: why nothing in it can be used; empty where all is well.
        taken: events that would be taken.
        repeated: records that are there already.
        refused: records that would be refused.
        first: the first of them: row, column, reason.
        people: how many parties of each kind the file names.
        staff: names of those that the file's records take for ours.
        speakers: who may be ours, so that somebody can say so.
        sample: the first events.
        names: names of the parties in the sample, by id.
    """

    digest: str
    asked_us: int = 0
    done: bool = False
    problem: str = ""
    taken: int = 0
    repeated: int = 0
    refused: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    staff: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    sample: list[dict[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def told_of(batch: Batch) -> dict[str, Any]:
    """The choice with our own people in it: those on record and those said on the page."""
    told = dict(batch.choice)
    told["staff"] = sorted({*known_staff(), *told.get("staff_said", [])})
    return told


def settled(batch: Batch) -> dict[str, Any]:
    """The choice with everything recognised and guessed written down, to try and to import by.

    Raises:
        UnreadableError: nothing in the file can be used.
        OSError: the file is gone.
    """
    told = told_of(batch)
    data = beginning_of(batch)
    told["format"] = told.get("format") or recognise(batch.name, data)
    if told["format"] != "columns":
        return told | {"mapping": None, "preset": None}
    told = with_preset(batch.name, data, told)
    if told.get("mapping") or told["preset"]:
        return told | {"preset": told["preset"] or None}
    mapping = as_dict(mapping_of(told, header_of(batch.name, data)))
    return told | {"mapping": mapping, "preset": None}


def digest_of(told: dict[str, Any], lang: str) -> str:
    """What an answer is kept under: the choice and the language of its reasons."""
    plain = orjson.dumps([told, lang], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(plain, digest_size=12).hexdigest()


def kept(batch: Batch) -> Trial | None:
    """The answer that lies beside a file, for whichever choice."""
    try:
        return Trial(**orjson.loads(_answer(batch).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def keep(batch: Batch, trial: Trial) -> None:
    """Put an answer beside a file; who reads sees the whole of it or the one before."""
    new = _answer(batch).with_suffix(".new")
    new.write_bytes(orjson.dumps(asdict(trial)))
    new.replace(_answer(batch))


def refused_path(batch: Batch) -> Path:
    """Where the rows lie that a trial would refuse."""
    return Path(settings.HOME.uploads) / f"trial-{batch.pk}.csv"


def forget(batch: Batch) -> None:
    """Drop what trials left."""
    _answer(batch).unlink(missing_ok=True)
    refused_path(batch).unlink(missing_ok=True)


def try_out(batch: Batch, told: dict[str, Any], now_us: int, lang: str) -> Trial:
    """Read and check a whole file, and keep the answer.

    Args:
        batch: with its file.
        told: the choice, settled.
        now_us: later times are refused.
        lang: language of reasons.
    """
    trial = Trial(digest_of(told, lang), now_us, done=True)
    refused_path(batch).unlink(missing_ok=True)
    try:
        reading, sheet = dry_run(
            batch.name, path_of(batch).read_bytes(), told, now_us, lang, batch.user
        )
    except UnreadableError as error:
        trial.problem = error.line(lang)
    except OSError:
        trial.problem = phrase("imports.problem.gone", lang)
    except ValueError as error:
        trial.problem = str(error)
    else:
        if reading.events.table.num_rows > MOST_ROWS:
            trial.problem = phrase("imports.problem.rows", lang, most=f"{MOST_ROWS:,}")
        else:
            _count(trial, reading, sheet)
            _sample(trial, reading, sheet)
            trial.speakers = _speakers(sheet, told["format"])
        if reading.rejected.num_rows:
            write_rejected(reading.rejected, refused_path(batch))
    keep(batch, trial)
    return trial


def _count(trial: Trial, reading: Reading, sheet: Sheet) -> None:
    trial.taken, trial.repeated = len(reading.events), reading.duplicates
    trial.refused = reading.rejected.num_rows
    rows = reading.rejected.slice(0, LISTED).to_pylist()
    trial.first = [{name: row[name] for name in ("row", "column", "reason")} for row in rows]
    trial.people = dict(Counter(person.kind for person in sheet.people.values()))
    ours = (person.name for person in sheet.people.values() if person.kind == "staff")
    trial.staff = sorted(set(ours))[:_NAMED]


def _speakers(sheet: Sheet, form: str) -> list[str]:
    """Who may be ours: everybody in a chat, the addresses of mail that names nobody of ours."""
    lost = [one for one in sheet.raw.refused if one.key == _NOBODY]
    if form == "chat_text":
        said = [one.record.partition(": ")[0] for one in lost]
        found = [*(person.name for person in sheet.people.values()), *said]
    elif form == "mail":
        named = (str(one.values.get("value", "")).removesuffix(" …") for one in lost)
        found = [address for names in named for address in names.split(", ")]
    else:
        found = []
    return list(dict.fromkeys(found))[:_NAMED]


def _sample(trial: Trial, reading: Reading, sheet: Sheet) -> None:
    """The first events, in order of time."""
    table = reading.events.table.slice(0, SAMPLED)
    names = [name for name in _KEPT if name in table.column_names]
    trial.sample = table.select(names).to_pylist()
    ids = {row[side] for row in trial.sample for side in ("truster", "trustee")}
    trial.names = {one: sheet.people[one].name for one in ids if one in sheet.people}


def _answer(batch: Batch) -> Path:
    return Path(settings.HOME.uploads) / f"trial-{batch.pk}.json"
