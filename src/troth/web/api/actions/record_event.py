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
from troth.web.ledger.own_name import inside_alone, own_alone
from troth.web.ledger.record import check, raw_of
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from troth.web.accounts.actor import Actor

#: Kinds that the desk writes together with a change elsewhere, or that only one person may say.
DESK_ONLY: Final = frozenset({"merge", "split", "staff_answer"})


def record_event(actor: Actor, row: Mapping[str, Any], lang: str) -> tuple[int, int, int | None]:
    """Record one event.

    Args:
        actor: who, with a user.
        row: its columns, ``event_id`` among them; now where it tells no time.
        lang: language of a refusal.

    Returns:
        Numbers of truster, trustee and organisation (None for none).

    Raises:
        ProblemError: it does not pass the checks, or is a colleague's to tell (422), or its id is on
            record otherwise (409).
        PermissionDenied: it takes another event back, which is not for this role.
        UnreadableError: a column that is needed is missing.
    """
    name = str(row["event_id"])
    told = dict(row)
    timed = "at" in told or "t_us" in told
    with transaction.atomic():
        old = None if timed else _old(name)
        if not timed:
            told["t_us"] = actor.now_us if old is None else old.t_us
        raw = inside_alone(own_alone(raw_of([told]), actor.user))
        reading = check([raw], actor.now_us, lang)
        if reading.duplicates or reading.rejected.num_rows:
            old = old or _old(name)
            if old is None:
                raise _refusal(reading.rejected)
            if not reading.duplicates or _extras(told) != _kept(old):
                raise ProblemError(409, "api.problem.differs", value=name[:60])
            return old.truster_id, old.trustee_id, old.organisation_id
        _may_tell(actor, str(reading.events.table["kind"][0]))
        taken = append(reading.events.table, Setting(actor.now_us, desk_parameters()))
        write_audit(actor, "record_event", name)
    truster, trustee, house = taken[0][3:6]
    return truster, trustee, house


def _old(name: str) -> Event | None:
    return Event.objects.select_related("words").filter(event_id=name).first()


def _refusal(rejected: pa.Table) -> ProblemError:
    errors = [
        {"row": None, "column": wrong["column"], "reason": wrong["reason"]}
        for wrong in rejected.to_pylist()
    ]
    return ProblemError(422, "api.problem.invalid", errors)


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
