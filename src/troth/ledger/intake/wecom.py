"""Enterprise WeChat (企业微信): what its conversation archive holds, once decrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.content.text import phrase, phrases
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.choice import party_id
from troth.ledger.intake.json_records import Item, JsonFile
from troth.ledger.intake.records import Gathering
from troth.ledger.intake.sides import UnclearError, other_side
from troth.ledger.rejections import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.ledger.intake.choice import Choice
    from troth.ledger.intake.sheet import Sheet

SOURCE: Final = "wecom"
#: Ids of people outside the company begin with these, ids of robots with the last.
_OUTSIDE: Final = ("wm", "wo")
_ROBOT: Final = "wb"


def open_wecom(name: str, data: bytes, choice: Choice) -> Sheet:
    """Read a list, or lines, of archived messages.

    Args:
        name: what to call the file.
        data: ``msgid``, ``action``, ``from``, ``tolist``, ``roomid``, ``msgtime`` (ms), ``msgtype`` and
            what was said, of each message.
        choice: who reads it.

    Returns:
        One ``message`` a record.

    Raises:
        UnreadableError: no record could even be looked at.
    """
    file = JsonFile(data)
    recalled = {
        str(item.value["revoke"].get("pre_msgid"))
        for item in _records(file)
        if isinstance(item.value, dict) and isinstance(item.value.get("revoke"), dict)
    }
    gathered, found = Gathering(name), False
    for item in _records(file):
        found = True
        if not isinstance(item.value, dict):
            key = "intake.not_json" if item.written else "intake.not_object"
            gathered.refuse(item.row, "", key, item.written or item.value)
            continue
        try:
            gathered.take(item.row, _message(item.value, recalled, gathered, choice))
        except UnclearError as problem:
            column = str(problem.values.pop("column", ""))
            gathered.refuse(item.row, column, problem.key, item.value, **problem.values)
    if not found:
        raise UnreadableError(name, "intake.file_no_json")
    return gathered.sheet(undecodable=file.undecodable)


def _records(file: JsonFile) -> Iterator[Item]:
    """Messages, also where each page of them is an object with a list of its own."""
    row = 0
    for item in file.items():
        inner = item.value.get("chatdata", item.value.get("data")) if _is_page(item.value) else None
        if not isinstance(inner, list):
            row = item.row
            yield item
            continue
        for value in inner:
            row += 1
            yield Item(row, value)


def _is_page(value: Any) -> bool:
    return isinstance(value, dict) and "msgid" not in value


def _message(
    record: dict[str, Any], recalled: set[str], gathered: Gathering, choice: Choice
) -> dict[str, Any]:
    """One message as a record.

    Raises:
        UnclearError: it is none, or it cannot be told who spoke to whom.
    """
    msgid = _text(record, "msgid")
    if record.get("msgtype") == "revoke" or record.get("action") == "recall":
        revoke = record.get("revoke")
        before = revoke.get("pre_msgid") if isinstance(revoke, dict) else None
        raise UnclearError("intake.recalls", column="msgtype", value=shown(before))
    if record.get("action") not in (None, "send"):
        action = shown(record["action"])
        raise UnclearError("intake.no_message", column="action", value=action)
    if msgid in recalled:
        raise UnclearError("intake.recalled", column="msgid")
    speaker = _text(record, "from")
    if speaker.startswith(_ROBOT):
        raise UnclearError("intake.by_machine", column="from")
    is_staff = not speaker.startswith(_OUTSIDE)
    try:
        across = other_side(speaker, is_staff=is_staff, heard=_heard(record, choice))
    except UnclearError as problem:
        problem.values["column"] = "tolist"
        raise
    customer, staff = (across, speaker) if is_staff else (speaker, across)
    room = record.get("roomid")
    return {
        "event_id": f"{SOURCE}:{msgid}",
        "at": _time(record),
        "truster": gathered.meet(party_id(SOURCE, customer, choice), customer, "customer"),
        "trustee": gathered.meet(party_id(SOURCE, staff, choice), staff, "staff"),
        "organisation": choice.house,
        "kind": "message",
        "text": _words(record),
        "channel": SOURCE,
        "source": SOURCE,
        "speaker": "staff" if is_staff else "customer",
        "thread": f"{SOURCE}:{room}" if room else f"{SOURCE}:{customer}:{staff}",
    }


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None or value == "":
        raise UnclearError("missing_value", column=name)
    if isinstance(value, dict | list | bool | float):
        raise UnclearError("intake.not_text", column=name, value=shown(value))
    return str(value).strip()


def _heard(record: dict[str, Any], choice: Choice) -> list[tuple[str, bool]]:
    """Who was spoken to; of several colleagues, the one whom the choice names."""
    listed = record.get("tolist")
    names = listed if isinstance(listed, list) else str(listed or "").split(",")
    heard = [str(n).strip() for n in names if isinstance(n, str | int) and str(n).strip()]
    people = [(n, not n.startswith(_OUTSIDE)) for n in heard if not n.startswith(_ROBOT)]
    staff = {n for n, is_staff in people if is_staff}
    named = {n for n in staff if choice.is_staff(SOURCE, n)}
    if len(staff) > 1 and len(named) == 1:
        people = [(n, is_staff) for n, is_staff in people if not is_staff or n in named]
    return people


def _time(record: dict[str, Any]) -> int:
    written = _text(record, "msgtime")
    if not written.isascii() or not written.isdigit() or len(written) > 14:
        raise UnclearError("intake.time", column="msgtime", value=shown(written))
    return int(written) * (1_000_000 if len(written) == 10 else 1_000)


def _words(record: dict[str, Any]) -> str:
    kind = str(record.get("msgtype") or "")
    part = record.get("info" if kind == "markdown" else kind)
    if kind in ("text", "markdown"):
        content = part.get("content") if isinstance(part, dict) else record.get("content")
        if not isinstance(content, str):
            raise UnclearError("missing_value", column=f"{kind}.content")
        return content
    key = f"intake.shows.{kind}"
    return phrase(key, "zh") if key in phrases() else f"[{kind or '?'}]"
