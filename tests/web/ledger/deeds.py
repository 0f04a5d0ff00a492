"""Every deed at the desk with what it needs, what it appends and what it says in the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.web.conftest import DAY_US
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import AuditRow
from troth.web.ledger.actions.answers import answer_event
from troth.web.ledger.actions.merges import merge_parties, split_party
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.actions.overrule import overrule_event, take_back
from troth.web.ledger.actions.preferences import (
    confirm_preference,
    drop_preference,
    note_preference,
)
from troth.web.ledger.actions.promises import (
    break_promise,
    confirm_promise,
    dismiss_promise,
    keep_promise,
    make_promise,
    move_promise,
)
from troth.web.ledger.actions.touches import record_touch
from troth.web.ledger.models import Batch, Case, Event, Promise, Relationship
from troth.web.parties.models import Party, Preference

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Deed:
    """An action with what it needs, and what it leaves behind.

    Attributes:
        act: does it.
        audits: names in the audit log, in order.
        kinds: kinds of the events appended, in order.
    """

    act: Callable[[], Any]
    audits: list[str]
    kinds: list[str]


def told(desk, **more) -> dict[str, Any]:
    """Whom a touch is about."""
    who = {"truster": desk.party("guest:chen"), "trustee": desk.party("staff:li")}
    return {**who, "house": desk.house, **more}


def drafted(desk) -> Promise:
    """A draft that the reader found."""
    said = record_message(
        desk.actor(), customer=desk.party("guest:chen"), staff=desk.party("staff:li"),
        house=desk.house, text="您放心，我明天上午十点前把发票送到您房间。", speaker="staff",
    )  # fmt: skip
    assert said.drafts
    return said.drafts[0]


def noted(desk, *, draft: bool = False) -> Preference:
    """A preference on record."""
    chen = desk.party("guest:chen")
    noted = note_preference(desk.actor(), party=chen, house=desk.house, what="荞麦枕头")
    Preference.objects.update(draft=draft)
    return noted


def event(name: str) -> Event:
    """An event with its parties."""
    return Event.objects.select_related("truster", "trustee", "organisation").get(event_id=name)


def deeds(desk, name: str) -> Deed:
    """An action by name, made ready on the desk of some weeks."""
    who, actor = told(desk), desk.actor()
    chen, benbow = desk.party("guest:chen"), desk.party("guest:benbow")
    open_one = Promise.objects.get(event_id="e8")
    later = desk.now_us + 3 * DAY_US
    to = {"to": chen, "by": desk.party("staff:li"), "house": desk.house}
    message = {"customer": chen, "staff": desk.party("staff:li"), "house": desk.house}
    staff = Actor(desk.users["front_line"], "page", desk.now_us)

    def ready(make: Callable[[], Any], act: Callable[[Any], Any]) -> Callable[[], Any]:
        thing = make()
        return lambda: act(thing)

    plain = {
        "touch": lambda: Deed(
            lambda: record_touch(actor, kind="return", **who), ["record_touch"], ["return"]
        ),
        "make": lambda: Deed(
            lambda: make_promise(actor, text="明天送到。", due_us=later, **to),
            ["make_promise"],
            ["promise_made"],
        ),
        "keep": lambda: Deed(
            lambda: keep_promise(actor, open_one, "发票已送到"), ["keep_promise"], ["promise_kept"]
        ),
        "break": lambda: Deed(
            lambda: break_promise(actor, open_one, "打印机坏了"),
            ["break_promise"],
            ["promise_broken"],
        ),
        "move": lambda: Deed(
            lambda: move_promise(actor, open_one, later, "客人改期"),
            ["move_promise"],
            ["promise_renegotiated"],
        ),
        "confirm": lambda: Deed(
            ready(lambda: drafted(desk), lambda draft: confirm_promise(actor, draft)),
            ["confirm_promise"],
            ["promise_made"],
        ),
        "dismiss": lambda: Deed(
            ready(lambda: drafted(desk), lambda draft: dismiss_promise(actor, draft)),
            ["dismiss_promise"],
            [],
        ),
        "message": lambda: Deed(
            lambda: record_message(actor, text="好的，谢谢。", speaker="customer", **message),
            ["record_message"],
            ["message"],
        ),
        "take_back": lambda: Deed(
            lambda: take_back(actor, event("e7"), "记错了"), ["take_back"], ["correction"]
        ),
        "overrule": lambda: Deed(
            lambda: overrule_event(actor, event("e3"), 0.2, "客人说反了"),
            ["overrule_event", "overrule_event"],
            ["correction", "survey"],
        ),
        "answer": lambda: Deed(
            lambda: answer_event(staff, event("e7"), "电梯坏了"), ["answer_event"], ["staff_answer"]
        ),
        "note": lambda: Deed(
            lambda: note_preference(actor, party=chen, house=desk.house, what="靠江的房间"),
            ["note_preference"],
            [],
        ),
        "confirm_preference": lambda: Deed(
            ready(lambda: noted(desk, draft=True), lambda one: confirm_preference(actor, one)),
            ["confirm_preference"],
            [],
        ),
        "drop": lambda: Deed(
            ready(lambda: noted(desk), lambda one: drop_preference(actor, one)),
            ["drop_preference"],
            [],
        ),
        "merge": lambda: Deed(
            lambda: merge_parties(actor, keep=chen, other=benbow, reason="同一个电话"),
            ["merge_parties", "merge_parties"],
            ["merge"],
        ),
        "split": lambda: Deed(
            ready(
                lambda: merge_parties(actor, keep=chen, other=benbow, reason="同一个电话"),
                lambda _: split_party(actor, desk.party("guest:benbow"), "是两个人"),
            ),
            ["split_party", "split_party"],
            ["split"],
        ),
    }
    return plain[name]()


#: Those that say nothing about trust, so that the ledger has no event of them.
SILENT = ("dismiss", "note", "confirm_preference", "drop")
ALL = ("touch", "make", "keep", "break", "move", "confirm", "dismiss", "message", "take_back", "overrule",
       "answer", "note", "confirm_preference", "drop", "merge", "split")  # fmt: skip


def everything() -> dict[str, list[Any]]:
    """Every row that a deed may touch."""
    models = (Event, AuditRow, Promise, Case, Preference, Party, Relationship, Batch)
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}
