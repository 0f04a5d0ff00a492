"""One line of JSON as a dialogue, or the first thing that is wrong with it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

import troth.content
from troth.content.yaml_files import load_mapping
from troth.reading.labels import labels_of
from troth.reading.schema import CUSTOMER, STAFF, Dialogue, Turn
from troth.reading.wrong import WrongLineError

if TYPE_CHECKING:
    from datetime import tzinfo

#: Fields that may name who a dialogue is between.
PARTIES: Final = ("customer", "staff", "organisation")
_SPEAKERS: Final = Path(troth.content.__path__[0]) / "speakers.yaml"
_DATE_FIRST: Final = re.compile(r"\d{4}-?(\d\d|W)")


@dataclass(frozen=True, slots=True)
class Terms:
    """How lines are read.

    Attributes:
        zone: of times that have none, and what the others are brought to; None refuses the former.
        labelled: whether labels are wanted; else they are not looked at.
        lang: language of reasons, ``zh`` or ``en``.
    """

    zone: tzinfo | None = None
    labelled: bool = False
    lang: str = "en"


def dialogue_of(line: bytes, terms: Terms) -> Dialogue:
    r"""Read one line.

    Args:
        line: UTF-8, without its line break.
        terms: how it is read.

    Returns:
        The dialogue. Half a surrogate pair, given as an escape, is data.

    Raises:
        WrongLineError: the line is no dialogue; says where and why.

    >>> dialogue_of(b'{"id": 7, "turns": [{"speaker": "Guest", "text": "hi"}]}', Terms()).turns[0].speaker
    'customer'
    """
    record = _parsed(line)
    if not isinstance(record, dict):
        raise WrongLineError("", "not_json")
    turns = record.get("turns")
    name = _id_of(record.get("id"))
    if not isinstance(turns, list):
        raise WrongLineError("turns", "reading.wrong.list")
    read = tuple(_turn(turn, f"turns[{i}]", terms) for i, turn in enumerate(turns))
    parties = {field: _party(record, field) for field in PARTIES}
    if parties["customer"] is not None and parties["customer"] == parties["staff"]:
        raise WrongLineError("staff", "reading.wrong.self", parties["staff"])
    return Dialogue(name, read, labels_of(record) if terms.labelled else {}, **parties)


def _parsed(line: bytes) -> Any:
    """The line's value; the slower reader takes what the fast one will not, such as half a pair."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(line.decode(), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise WrongLineError("", "reading.wrong.encoding") from error
    except (ValueError, RecursionError) as error:
        raise WrongLineError("", "not_json") from error


def _no_number(word: str) -> None:
    raise ValueError(word)


def _id_of(value: Any) -> str:
    if value is None or value == "":
        raise WrongLineError("id", "missing_value")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise WrongLineError("id", "reading.wrong.text", value)
    return value


def _party(record: dict[str, Any], field: str) -> str | None:
    """A name, or a number taken for one; blank is none."""
    value = record.get(field)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise WrongLineError(field, "reading.wrong.text", value)
    return (value or "").strip() or None


def _turn(value: Any, where: str, terms: Terms) -> Turn:
    if not isinstance(value, dict):
        raise WrongLineError(where, "reading.wrong.turn", value)
    text = value.get("text")
    if text is None:
        raise WrongLineError(f"{where}.text", "missing_value")
    if not isinstance(text, str):
        raise WrongLineError(f"{where}.text", "reading.wrong.text", text)
    side = value.get("speaker")
    if side is None:
        raise WrongLineError(f"{where}.speaker", "missing_value")
    speaker = speaker_of(side)
    if speaker is None:
        raise WrongLineError(f"{where}.speaker", "reading.wrong.speaker", side)
    at = value.get("at")
    return Turn(speaker, text, None if at is None else _time(at, f"{where}.at", terms.zone))


def speaker_of(written: Any) -> str | None:
    """The side that a file's word for a speaker names.

    >>> speaker_of("客服"), speaker_of(" Guest "), speaker_of("bot")
    ('staff', 'customer', None)
    """
    return _speakers().get(written.strip().lower()) if isinstance(written, str) else None


@cache
def _speakers() -> dict[str, str]:
    sides = load_mapping(_SPEAKERS)
    return {word: side for side in (CUSTOMER, STAFF) for word in sides[side]}


def _time(value: Any, where: str, zone: tzinfo | None) -> datetime:
    try:
        return moment_of(value, zone)
    except ValueError as error:
        raise WrongLineError(where, "reading.wrong.time", value) from error
    except LookupError as error:
        raise WrongLineError(where, "reading.wrong.zone", value) from error


def moment_of(written: Any, zone: tzinfo | None) -> datetime:
    """A time as ISO 8601 writes it.

    Args:
        written: text.
        zone: of times that have none, and what the others are brought to.

    Returns:
        The time, with a zone.

    Raises:
        ValueError: it is no time.
        LookupError: it has no zone, and none is given.
    """
    if not isinstance(written, str) or not _DATE_FIRST.match(written.strip()):
        raise ValueError(written)
    at = datetime.fromisoformat(written.strip().replace("z", "Z"))
    # Deadlines are counted from here, and calendars end.
    if not 1900 <= at.year <= 2200:
        raise ValueError(written)
    if at.tzinfo is None:
        if zone is None:
            raise LookupError(written)
        return at.replace(tzinfo=zone)
    return at if zone is None else at.astimezone(zone)
