"""Chatwoot: conversations, messages and survey answers as its API hands them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.ledger.errors import UnreadableError
from troth.ledger.intake.choice import party_id
from troth.ledger.intake.json_records import JsonFile
from troth.ledger.intake.ratings import outcome_of
from troth.ledger.intake.records import Gathering
from troth.ledger.intake.sides import UnclearError
from troth.ledger.intake.values import (
    key_of,
    language_of,
    needed_key,
    part,
    parts,
    time_of,
    words,
)
from troth.ledger.rejections import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.ledger.intake.choice import Choice
    from troth.ledger.intake.sheet import Sheet

SOURCE: Final = "chatwoot"
_SCALE: Final = (1.0, 5.0)
_KINDS: Final = {
    0: "incoming", 1: "outgoing", 2: "activity", 3: "template",
    "0": "incoming", "1": "outgoing", "2": "activity", "3": "template",
}  # fmt: skip
_LISTS: Final = ("payload", "conversations", "csat_survey_responses")


def open_chatwoot(name: str, data: bytes, choice: Choice) -> Sheet:
    """Read conversations.

    Args:
        name: what to call the file.
        data: a list or lines of conversations, of messages or of survey answers, or the API's
            answers that hold such a list.
        choice: who reads it.

    Returns:
        A ``message`` for each message of a person, a ``survey`` for each answer. Row numbers count
        messages and answers.

    Raises:
        UnreadableError: no record could even be looked at.
    """
    file = JsonFile(data)
    reader = _Messages(Gathering(name), choice)
    for item in file.items():
        if item.written:
            reader.row += 1
            reader.gathered.refuse(reader.row, "", "intake.not_json", item.written)
            continue
        for record, about in _unpacked(item.value, {}):
            reader.read(record, about)
    if not reader.row:
        raise UnreadableError(name, "intake.file_no_json")
    return reader.gathered.sheet(undecodable=file.undecodable)


def _unpacked(
    value: Any, about: dict[str, Any], depth: int = 0
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every message and answer in a value, with the conversation it belongs to."""
    if isinstance(value, dict) and depth < 5:
        inner = [parts(value, name) for name in _LISTS if isinstance(value.get(name), list)]
        if not inner and isinstance(value.get("data"), dict):
            yield from _unpacked(value["data"], about, depth + 1)
            return
        if inner:
            # The API tells of a conversation's people beside the list of its messages.
            for one in inner[0]:
                yield from _unpacked(one, value, depth + 1)
            return
        if isinstance(value.get("messages"), list):
            for message in value["messages"]:
                yield message, value
            answered = any(isinstance(m, dict) and _answer_in(m) for m in value["messages"])
            if isinstance(value.get("csat_survey_response"), dict) and not answered:
                yield value["csat_survey_response"], value
            return
    yield value, about


class _Messages:
    """Messages on their way to records."""

    def __init__(self, gathered: Gathering, choice: Choice) -> None:
        self.gathered, self._choice = gathered, choice
        self.row = 0

    def read(self, record: Any, about: dict[str, Any]) -> None:
        """Take in one message or answer, or refuse it."""
        self.row += 1
        if not isinstance(record, dict):
            self.gathered.refuse(self.row, "", "intake.not_object", record)
            return
        try:
            answer = _answer_in(record)
            kind = record.get("message_type")
            kind = _KINDS.get(kind, kind) if isinstance(kind, int | str) else None
            if answer:
                taken = self._survey(record, answer, about)
            elif kind == "incoming":
                taken = self._message(record, about, by_staff=False)
            elif kind == "outgoing":
                taken = self._message(record, about, by_staff=True)
            elif kind in ("activity", "template"):
                raise UnclearError("intake.by_machine", column="message_type")  # noqa: TRY301 - one place refuses
            else:
                raise UnclearError("intake.no_message", column="message_type", value=shown(kind))  # noqa: TRY301 - one place refuses
        except UnclearError as problem:
            column = str(problem.values.pop("column", ""))
            self.gathered.refuse(self.row, column, problem.key, record, **problem.values)
            return
        self.gathered.take(self.row, taken)

    def _message(
        self, message: dict[str, Any], about: dict[str, Any], *, by_staff: bool
    ) -> dict[str, Any]:
        if message.get("private") is True:
            raise UnclearError("intake.internal_note", column="private")
        sender = part(message, "sender")
        if by_staff and str(sender.get("type", "user")).lower() not in ("user", "agent"):
            raise UnclearError("intake.by_machine", column="sender.type")
        customer = _customer(about) if by_staff else (sender or _customer(about))
        staff = sender if by_staff else _handler(message, about)
        text = words(message, "content") if message.get("content") else _shows(message)
        return self._between(message, about, customer, staff) | {
            "event_id": f"{SOURCE}:message:{needed_key(message, 'id')}",
            "at": time_of(message, self._choice.clock, "created_at"),
            "kind": "message",
            "text": text,
            "speaker": "staff" if by_staff else "customer",
        }

    def _survey(
        self, record: dict[str, Any], answer: dict[str, Any], about: dict[str, Any]
    ) -> dict[str, Any]:
        rating = answer.get("rating")
        whole = isinstance(rating, int | str) and not isinstance(rating, bool)
        outcome = outcome_of(str(rating), _SCALE) if whole else None
        if outcome is None:
            values = {"worst": "1", "best": "5", "value": shown(rating)}
            raise UnclearError("intake.rating", column="rating", **values)
        said = answer.get("feedback_message")
        when = answer if answer.get("created_at") else record
        staff = part(record, "assigned_agent") or _handler(record, about)
        return self._between(record, about, part(record, "contact") or _customer(about), staff) | {
            # An answer knows the message that asked for it, which may be in another export.
            "event_id": f"{SOURCE}:survey:{key_of(record.get('message_id')) or needed_key(record, 'id')}",
            "at": time_of(when, self._choice.clock, "created_at", "updated_at"),
            "kind": "survey",
            "outcome": repr(outcome),
            "text": said if isinstance(said, str) and said.strip() else None,
            "speaker": "customer",
        }

    def _between(
        self,
        record: dict[str, Any],
        about: dict[str, Any],
        customer: dict[str, Any],
        staff: dict[str, Any],
    ) -> dict[str, Any]:
        channel = part(about, "meta").get("channel")
        thread = key_of(record.get("conversation_id")) or key_of(
            part(record, "conversation").get("id") or about.get("id")
        )
        return {
            "truster": self._met(customer, "contact"),
            "trustee": self._met(staff, "user"),
            "organisation": self._choice.house,
            "channel": channel if isinstance(channel, str) else SOURCE,
            "source": SOURCE,
            "thread": f"{SOURCE}:{thread}" if thread else None,
        }

    def _met(self, who: dict[str, Any], table: str) -> str:
        """Contacts and users are counted apart, so the table is part of the id."""
        staff = table == "user"
        key = key_of(who.get("id"))
        if not key:
            wanted = "staff" if staff else "customer"
            raise UnclearError(f"intake.no_{wanted}", column="sender", value=shown(who.get("name")))
        name = who.get("name")
        browser = part(who, "additional_attributes").get("browser_language")
        return self.gathered.meet(
            party_id(SOURCE, f"{table}:{key}", self._choice),
            name if isinstance(name, str) else None,
            "staff" if staff else "customer",
            language_of(browser),
        )


def _answer_in(record: dict[str, Any]) -> dict[str, Any]:
    """The survey answer in a message, or the record itself where it is one; empty where none."""
    submitted = part(part(record, "content_attributes"), "submitted_values")
    answer = part(submitted, "csat_survey_response") or part(record, "csat_survey_response")
    if not answer and "rating" in record and "message_type" not in record:
        return record
    return answer if answer.get("rating") is not None else {}


def _customer(about: dict[str, Any]) -> dict[str, Any]:
    meta = part(about, "meta")
    return part(meta, "sender") or part(meta, "contact") or part(about, "contact")


def _handler(message: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """Who handled the conversation when the message was written, where that is told."""
    then = key_of(part(message, "conversation").get("assignee_id"))
    now = part(part(about, "meta"), "assignee") or part(about, "assignee")
    if then and then != key_of(now.get("id")):
        return {"id": then}
    if not now:
        raise UnclearError("intake.no_staff", column="meta.assignee", value="meta.assignee")
    return now


def _shows(message: dict[str, Any]) -> str:
    """What stands for a message without words: the kinds of its attachments."""
    kinds = [a.get("file_type") for a in parts(message, "attachments") if isinstance(a, dict)]
    named = [f"[{kind}]" for kind in kinds if isinstance(kind, str)]
    if not named:
        raise UnclearError("intake.no_words", column="content")
    return " ".join(named)
