"""A program tells of one event; told again it changes nothing, told otherwise it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from troth.content.kinds import codebook
from troth.ledger.schema import KNOWN
from troth.web.accounts.access import may
from troth.web.accounts.actor import write_audit
from troth.web.api.problems import ProblemError
from troth.web.ledger.append import Setting, append
from troth.web.ledger.models import Event
from troth.web.ledger.record import check, raw_of
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.web.accounts.actor import Actor

#: Kinds that the desk writes together with a change elsewhere, or that only one person may say.
DESK_ONLY: Final = frozenset({"merge", "split", "staff_answer"})


def record_event(actor: Actor, row: Mapping[str, Any], lang: str) -> str:
    """Record one event.

    Args:
        actor: who, with a user.
        row: its columns, ``event_id`` among them; now where it tells no time.
        lang: language of a refusal.

    Returns:
        Its id.

    Raises:
        ProblemError: it does not pass the checks (422), or its id is on record otherwise (409).
        PermissionDenied: it takes another event back, which is not for this role.
        UnreadableError: a column that is needed is missing.
    """
    name = str(row["event_id"])
    with transaction.atomic():
        old = Event.objects.select_related("words").filter(event_id=name).first()
        told = dict(row)
        if "at" not in told and "t_us" not in told:
            told["t_us"] = actor.now_us if old is None else old.t_us
        reading = check([raw_of([told])], actor.now_us, lang)
        if old is not None:
            if not reading.duplicates or _extras(told) != _kept(old):
                raise ProblemError(409, "api.problem.differs", value=name[:60])
            return name
        if reading.rejected.num_rows:
            errors = [
                {"row": None, "column": wrong["column"], "reason": wrong["reason"]}
                for wrong in reading.rejected.to_pylist()
            ]
            raise ProblemError(422, "api.problem.invalid", errors)
        _may_tell(actor, str(reading.events.table["kind"][0]))
        append(reading.events.table, Setting(actor.now_us, desk_parameters()))
        write_audit(actor, "record_event", name)
    return name


def _may_tell(actor: Actor, kind: str) -> None:
    if kind in DESK_ONLY:
        raise ProblemError(422, "api.problem.desk_only", value=kind)
    if codebook()[kind].retracts and not may(actor.user, "overrule"):
        raise PermissionDenied


def _extras(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in KNOWN and value}


def _kept(event: Event) -> dict[str, Any]:
    words = getattr(event, "words", None)
    return dict(words.extras) if words else {}
