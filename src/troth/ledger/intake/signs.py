"""By what each format is recognised."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import orjson

from troth.ledger.decode import to_utf8
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.chat_lines import looks_like_chat
from troth.ledger.intake.mail_box import looks_like_mail
from troth.ledger.schema import REQUIRED, plain_name
from troth.ledger.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection

#: Bytes of a text's beginning by which it is recognised.
SAMPLE: Final = 1 << 16
_MAGICS: Final = (b"PAR1", b"ARROW1")
_BINARY_NAMES: Final = (".parquet", ".pq", ".arrow", ".feather")
_JSON_NAMES: Final = (".json", ".jsonl", ".ndjson")
_TABLE_NAMES: Final = (".csv", ".tsv")
_MAIL_NAMES: Final = (".eml", ".mbox")
_KEY: Final = re.compile(r'"([A-Za-z_]{1,40})"\s*:')


def format_of(name: str, data: bytes) -> str:
    """The format of a file without compression; see ``open.recognise``."""
    if is_binary(name, data):
        return _of_binary(name, data)
    ending = _ending(name)
    if ending in _MAIL_NAMES or looks_like_mail(data[:SAMPLE]):
        return "mail"
    text = to_utf8(_whole_lines(data))[0].decode(errors="ignore")
    if ending in _JSON_NAMES or _opens_json(text.lstrip()):
        return _of_keys(text)
    header = _header(text)
    if header and _has_needed(header):
        return "events"
    if ending not in _TABLE_NAMES and looks_like_chat(text):
        return "chat_text"
    return "columns"


def is_binary(name: str, data: bytes) -> bool:
    """Whether a file without compression is a table whose columns stand at its end."""
    return data.startswith(_MAGICS) or _ending(name) in _BINARY_NAMES


def _ending(name: str) -> str:
    return PurePath(name.lower().removesuffix(".gz")).suffix


def _opens_json(text: str) -> bool:
    """Whether a bracket opens JSON rather than ``[2026/3/5 14:02] Name: text``."""
    return bool(re.match(r'\[\s*(?:[{\["\]]|$)|\{\s*["}]|\{\s*$', text))


def _whole_lines(data: bytes) -> bytes:
    """The beginning of the file, up to the end of a line, so that no character is cut."""
    sample = data[:SAMPLE]
    return sample if len(data) <= SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample


def _has_needed(columns: Collection[str]) -> bool:
    return {plain_name(column) for column in columns} >= set(REQUIRED)


def _of_binary(name: str, data: bytes) -> str:
    try:
        columns = read_bytes(name, data).table.column_names
    except UnreadableError:
        return "columns"
    return "events" if _has_needed(columns) else "columns"


def _header(text: str) -> list[str]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        return next(csv.reader(io.StringIO(first), delimiter=delimiter), [])
    except csv.Error:
        return []


def _of_keys(text: str) -> str:
    """By the keys of the first record; of its beginning, where it is longer than the sample."""
    record = _first_record(text)
    keys = set(record) if record else set(_KEY.findall(text))
    if {"msgid", "msgtype"} <= keys or {"msgid", "tolist"} <= keys:
        return "wecom"
    rated = "satisfaction_rating" in keys and keys & {"requester", "assignee_id", "subject"}
    if keys & {"tickets", "ticket", "requester_id"} or rated:
        return "zendesk"
    chatty = keys & {"messages", "payload", "conversations", "csat_survey_response"}
    if keys & {"csat_survey_response", "csat_survey_responses"} or "conversations" in keys:
        return "chatwoot"
    if (chatty and keys & {"meta", "inbox_id", "payload"}) or "message_type" in keys:
        return "chatwoot"
    if isinstance(record.get("data"), dict) and "payload" in record["data"]:
        return "chatwoot"
    return "events" if _has_needed(keys) else "columns"


def _first_record(text: str) -> dict[str, Any]:
    text = text.lstrip().removeprefix("[").lstrip()
    for found in (_whole_line(text), _beginning(text)):
        if isinstance(found, dict):
            return found
    return {}


def _whole_line(text: str) -> Any:
    try:
        return orjson.loads(text.partition("\n")[0])
    except ValueError:
        return None


def _beginning(text: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None
