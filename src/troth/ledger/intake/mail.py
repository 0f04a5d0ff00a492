"""Mail between customers and staff, from an mbox or an EML file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.header import decode_header
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_tz
from typing import TYPE_CHECKING, Any, Final

from troth.ledger.decode import MARK, to_utf8_cell
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.choice import party_id
from troth.ledger.intake.mail_box import looks_like_mail, mails_of
from troth.ledger.intake.mail_text import text_of
from troth.ledger.intake.records import Gathering, listed, plainly
from troth.ledger.intake.sides import UnclearError, other_side
from troth.ledger.intake.when import read_time
from troth.ledger.rejections import shown

if TYPE_CHECKING:
    from email.message import Message

    from troth.ledger.intake.choice import Choice
    from troth.ledger.intake.sheet import Sheet

SOURCE: Final = "mail"
_ID: Final = re.compile(r"<([^<>\s]{1,500})>")
_ADDRESS: Final = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")
_ZONED: Final = re.compile(r"\d:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|[A-Za-z]{1,5}\b)")
_MOST_PEOPLE: Final = 200


@dataclass
class _Mail:
    """One mail, read but not yet placed.

    Attributes:
        row: its place in the file.
        record: what is known of it.
        refers: ids of mails that it answers, the oldest first.
    """

    row: int
    record: dict[str, Any]
    refers: list[str] = field(default_factory=list)


def open_mail(name: str, data: bytes, choice: Choice) -> Sheet:
    """Read mails.

    Args:
        name: what to call the file.
        data: an mbox, or one mail.
        choice: who is staff, by address or by domain (``@house.com``).

    Returns:
        One ``message`` a mail, without what it quotes.

    Raises:
        UnreadableError: it does not begin as mail does.
    """
    if not looks_like_mail(data):
        raise UnreadableError(name, "intake.file_no_mail")
    gathered = Gathering(name)
    found: list[_Mail] = []
    for row, each in enumerate(mails_of(data), start=1):
        try:
            found.append(_read(row, each, gathered, choice))
        except UnclearError as problem:
            column = str(problem.values.pop("column", ""))
            gathered.refuse(row, column, problem.key, each, **problem.values)
    _thread(found)
    for mail in found:
        gathered.take(mail.row, mail.record)
    return gathered.sheet(undecodable=any(MARK in (m.record["text"] or "") for m in found))


def _read(row: int, data: bytes, gathered: Gathering, choice: Choice) -> _Mail:
    try:
        mail = BytesParser().parsebytes(data)
        words = text_of(mail)
    except Exception as error:
        raise UnclearError("intake.mail_broken", value=type(error).__name__) from error
    if not mail.keys():
        raise UnclearError("intake.mail_broken", value=shown(data[:60].decode(errors="replace")))
    sender, name = _sender(mail)
    is_staff = _is_staff(sender, choice)
    across, across_name = _across(mail, sender, choice, is_staff=is_staff)
    sides = {sender: name, across: across_name}
    customer, staff = (across, sender) if is_staff else (sender, across)
    refers = [*_ids(mail, "References"), *_ids(mail, "In-Reply-To")]
    subject = _header(mail, "Subject")
    text = "\n".join(part for part in (subject if not refers else "", words) if part)
    record: dict[str, Any] = {
        "at": _time(mail, choice),
        "truster": gathered.meet(party_id(SOURCE, customer, choice), sides[customer], "customer"),
        "trustee": gathered.meet(party_id(SOURCE, staff, choice), sides[staff], "staff"),
        "organisation": choice.house,
        "kind": "message",
        "text": text or subject or None,
        "channel": SOURCE,
        "source": SOURCE,
        "speaker": "staff" if is_staff else "customer",
    }
    own = _ids(mail, "Message-ID")
    said = (customer, staff, _header(mail, "Date"), text)
    record["event_id"] = f"{SOURCE}:{own[0]}" if own else gathered.id_of(SOURCE, *said)
    return _Mail(row, record, refers)


def _thread(mails: list[_Mail]) -> None:
    """Name each conversation by its first mail, followed through the mails of the file."""
    parent = {m.record["event_id"]: f"{SOURCE}:{m.refers[0]}" for m in mails if m.refers}
    for mail in mails:
        thread, seen = mail.record["event_id"], set[str]()
        while thread in parent and thread not in seen:
            seen.add(thread)
            thread = parent[thread]
        mail.record["thread"] = thread


def _written(mail: Message, name: str) -> list[str]:
    """A header's values as they stand, bytes beyond ASCII as halves of characters."""
    return [str(v)[:10_000] for key, v in mail.raw_items() if key.lower() == name.lower()]


def _header(mail: Message, name: str) -> str:
    """A header's text on one line, whatever its encoding."""
    return _words(next(iter(_written(mail, name)), ""))


def _words(written: str) -> str:
    try:
        parts = decode_header(written)
    except Exception:  # noqa: BLE001 - as above: a damaged header must not cost the mail
        parts = [(written, None)]
    text = "".join(_part(part, charset) for part, charset in parts)
    return plainly(" ".join(text.split()))


def _part(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return to_utf8_cell(part.encode("utf-8", "surrogateescape"))
    try:
        return part.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return to_utf8_cell(part)


def _addresses(mail: Message, *names: str) -> list[tuple[str, str]]:
    """Addresses in lower case, each with its name."""
    written = [value for name in names for value in _written(mail, name)]
    found: dict[str, str] = {}
    for name, address in getaddresses(written)[:_MOST_PEOPLE]:
        lower = plainly(address.strip().lower())
        if _ADDRESS.fullmatch(lower):
            found.setdefault(lower, _words(name))
    return list(found.items())


def _sender(mail: Message) -> tuple[str, str]:
    senders = _addresses(mail, "From") or _addresses(mail, "Sender")
    if not senders:
        raise UnclearError("missing_value", column="From")
    return senders[0]


def _is_staff(address: str, choice: Choice) -> bool:
    domain = address[address.rindex("@") :]
    known = {word.lower().removeprefix(f"{SOURCE}:") for word in choice.staff}
    return address in known or domain in known


def _across(mail: Message, sender: str, choice: Choice, *, is_staff: bool) -> tuple[str, str]:
    """Whom the mail speaks to: of those it is addressed to, else of those who get a copy."""
    everybody = dict(_addresses(mail, "To", "Cc"))
    sides = {who: _is_staff(who, choice) for who in everybody}
    if not is_staff and not any(sides.values()):
        names = listed([sender, *everybody])
        raise UnclearError("intake.nobody_is_staff", column="To", value=names)
    direct = [who for who, _ in _addresses(mail, "To") if sides[who] != is_staff]
    heard = direct or list(everybody)
    try:
        across = other_side(sender, is_staff=is_staff, heard=[(who, sides[who]) for who in heard])
    except UnclearError as problem:
        problem.values["column"] = "To"
        raise
    return across, everybody[across]


def _ids(mail: Message, name: str) -> list[str]:
    return _ID.findall(_header(mail, name))


def _time(mail: Message, choice: Choice) -> int:
    written = _header(mail, "Date")
    if not written:
        raise UnclearError("missing_value", column="Date")
    found = read_time(_as_iso(written) or written, choice.clock)
    if found is None:
        raise UnclearError("intake.time", column="Date", value=shown(written))
    return found


def _as_iso(written: str) -> str | None:
    """A mail's date with its offset where it has one; the standard parser calls none UTC."""
    try:
        parts = parsedate_tz(written)
    except (ValueError, IndexError, OverflowError):
        return None
    if parts is None:
        return None
    year, month, day, hour, minute, second, *_, offset = parts
    clock = f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}:{second:02d}"
    if not _ZONED.search(written):
        return clock
    hours, rest = divmod(abs(offset or 0), 3600)
    return f"{clock} {'-' if (offset or 0) < 0 else '+'}{hours:02d}:{rest // 60:02d}"
