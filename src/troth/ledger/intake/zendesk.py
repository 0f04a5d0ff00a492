"""Zendesk: tickets of a full JSON export or of pages of the incremental API."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from troth.ledger.errors import UnreadableError
from troth.ledger.intake.choice import party_id
from troth.ledger.intake.json_records import Item, JsonFile
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from troth.ledger.intake.choice import Choice
    from troth.ledger.intake.sheet import Sheet

SOURCE: Final = "zendesk"
_STAFF_ROLES: Final = ("agent", "admin")
#: A rating's words for trust honoured and let down; "offered" and "unoffered" are no answers.
_SCORES: Final = {"good": "1", "good_with_comment": "1", "bad": "0", "bad_with_comment": "0"}


def open_zendesk(name: str, data: bytes, choice: Choice) -> Sheet:
    """Read tickets, their comments and their ratings.

    Args:
        name: what to call the file.
        data: a list or lines of tickets, or of pages with ``tickets`` and perhaps ``users``.
        choice: who reads it.

    Returns:
        A ``message`` for each ticket and comment, a ``survey`` for each rating. Row numbers count
        tickets.

    Raises:
        UnreadableError: no record could even be looked at.
    """
    file = JsonFile(data)
    reader = _Tickets(Gathering(name), choice)
    for item in file.items():
        reader.meet_users(item.value)
    found = False
    for item in _tickets(file):
        found = True
        if isinstance(item.value, dict):
            reader.read(item.row, item.value)
        else:
            key = "intake.not_json" if item.written else "intake.not_object"
            reader.gathered.refuse(item.row, "", key, item.written or item.value)
    if not found:
        raise UnreadableError(name, "intake.file_no_json")
    return reader.gathered.sheet(undecodable=file.undecodable)


def _tickets(file: JsonFile) -> Iterator[Item]:
    row = 0
    for item in file.items():
        value = item.value
        if isinstance(value, dict) and "tickets" in value:
            for ticket in parts(value, "tickets"):
                row += 1
                yield Item(row, ticket)
            continue
        row = item.row
        yield item._replace(value=part(value, "ticket") or value)


class _Tickets:
    """Tickets on their way to records."""

    def __init__(self, gathered: Gathering, choice: Choice) -> None:
        self.gathered, self._choice = gathered, choice
        self._users: dict[str, dict[str, Any]] = {}

    def meet_users(self, page: Any) -> None:
        """Keep the users that come with a page."""
        for user in parts(page, "users"):
            if isinstance(user, dict) and key_of(user.get("id")):
                kept = ("id", "name", "role", "email", "locale")
                self._users[key_of(user["id"])] = {k: user[k] for k in kept if k in user}

    def read(self, row: int, ticket: dict[str, Any]) -> None:
        """Take in what one ticket holds, each of it by itself."""
        for side in ("requester", "assignee", "submitter"):
            self.meet_users({"users": [part(ticket, side)]})
        comments = parts(ticket, "comments")
        self._try(row, ticket, "description", partial(self._description, ticket))
        for place, comment in enumerate(comments, start=1):
            if place == 1 and _repeats(ticket, comment):
                continue
            if isinstance(comment, dict):
                self._try(row, comment, "comments", partial(self._comment, ticket, comment))
            else:
                column = f"comments[{place}]"
                self.gathered.refuse(row, column, "intake.not_object", comment)
        rating = ticket.get("satisfaction_rating")
        score = rating.get("score") if isinstance(rating, dict) else rating
        if isinstance(score, str) and score.lower() in _SCORES:
            outcome = _SCORES[score.lower()]
            self._try(row, ticket, "satisfaction_rating", partial(self._survey, ticket, outcome))

    def _try(self, row: int, record: Any, column: str, make: Callable[[], dict[str, Any]]) -> None:
        try:
            taken = make()
        except UnclearError as problem:
            at_fault = str(problem.values.pop("column", column))
            self.gathered.refuse(row, at_fault, problem.key, record, **problem.values)
            return
        self.gathered.take(row, taken)

    def _description(self, ticket: dict[str, Any]) -> dict[str, Any]:
        customer = _side(ticket, "requester", "customer")
        submitter = key_of(ticket.get("submitter_id"))
        by_staff = submitter not in ("", customer) and self._is_staff(submitter, ticket)
        staff = submitter if by_staff else _side(ticket, "assignee", "staff")
        return self._between(ticket, customer, staff) | {
            "event_id": f"{SOURCE}:ticket:{needed_key(ticket, 'id')}",
            "at": time_of(ticket, self._choice.clock, "created_at"),
            "kind": "message",
            "text": words(ticket, "description", "raw_subject", "subject"),
            "speaker": "staff" if by_staff else "customer",
        }

    def _comment(self, ticket: dict[str, Any], comment: dict[str, Any]) -> dict[str, Any]:
        if comment.get("public") is False:
            raise UnclearError("intake.internal_note", column="comments.public")
        author = needed_key(comment, "author_id")
        if author == "-1":
            raise UnclearError("intake.by_machine", column="comments.author_id")
        requester = _side(ticket, "requester", "customer")
        by_staff = author != requester and self._is_staff(author, ticket)
        role = self._users.get(author, {}).get("role")
        if not by_staff and author != requester and role != "end-user":
            raise UnclearError("intake.side_unknown", column="comments.author_id", value=author)
        customer = requester if by_staff else author
        staff = author if by_staff else _side(ticket, "assignee", "staff")
        return self._between(ticket, customer, staff) | {
            "event_id": f"{SOURCE}:comment:{needed_key(comment, 'id')}",
            "at": time_of(comment, self._choice.clock, "created_at"),
            "kind": "message",
            "text": words(comment, "plain_body", "body"),
            "speaker": "staff" if by_staff else "customer",
        }

    def _survey(self, ticket: dict[str, Any], outcome: str) -> dict[str, Any]:
        rating = part(ticket, "satisfaction_rating")
        rated = key_of(rating.get("assignee_id")) or _side(ticket, "assignee", "staff")
        said = rating.get("comment")
        said = said.get("body") if isinstance(said, dict) else said
        when = rating if rating.get("updated_at") or rating.get("created_at") else ticket
        return self._between(ticket, _side(ticket, "requester", "customer"), rated) | {
            # A rating that the customer changed is another answer.
            "event_id": f"{SOURCE}:ticket:{needed_key(ticket, 'id')}:rating:{outcome}",
            "at": time_of(when, self._choice.clock, "updated_at", "created_at"),
            "kind": "survey",
            "outcome": outcome,
            "text": said if isinstance(said, str) and said.strip() else None,
            "speaker": "customer",
        }

    def _between(self, ticket: dict[str, Any], customer: str, staff: str) -> dict[str, Any]:
        if customer == staff:
            raise UnclearError("self_trust", column="assignee_id", value=staff)
        channel = part(ticket, "via").get("channel")
        return {
            "truster": self._met(customer, staff=False),
            "trustee": self._met(staff, staff=True),
            "organisation": self._choice.house,
            "channel": channel if isinstance(channel, str) else SOURCE,
            "source": SOURCE,
            "thread": f"{SOURCE}:{needed_key(ticket, 'id')}",
        }

    def _met(self, who: str, *, staff: bool) -> str:
        user = self._users.get(who, {})
        name = user.get("name")
        return self.gathered.meet(
            party_id(SOURCE, who, self._choice),
            name if isinstance(name, str) else None,
            "staff" if staff else "customer",
            language_of(user.get("locale")),
        )

    def _is_staff(self, who: str, ticket: dict[str, Any]) -> bool:
        user = self._users.get(who, {})
        said = [who, *(user[k] for k in ("name", "email") if isinstance(user.get(k), str))]
        known = user.get("role") in _STAFF_ROLES or self._choice.is_staff(SOURCE, *said)
        return known or who == key_of(ticket.get("assignee_id"))


def _side(ticket: dict[str, Any], side: str, wanted: str) -> str:
    """Who asks or answers in a ticket, by id or as an object of its own."""
    found = key_of(ticket.get(f"{side}_id")) or key_of(part(ticket, side).get("id"))
    if not found:
        shown = f"{side}_id"
        raise UnclearError(f"intake.no_{wanted}", column=shown, value=shown)
    return found


def _repeats(ticket: dict[str, Any], first: Any) -> bool:
    """Whether the first comment is the description once more, as Zendesk makes it.

    It goes in as the description, which every export has, so that one without comments and one with
    them give the same event.
    """
    said = [first.get(name) for name in ("body", "plain_body")] if isinstance(first, dict) else []
    return any(isinstance(words, str) and words == ticket.get("description") for words in said)
