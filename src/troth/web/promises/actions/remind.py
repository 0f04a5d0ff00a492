"""Promises that fall due are noted as reminded of, and told to a group's robot where there is one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.db import transaction

from troth.content.text import phrase
from troth.pages.words import Words, clean
from troth.traces.decay import DAY_US
from troth.web.accounts.actor import Actor, write_audit
from troth.web.ledger.models import Promise
from troth.web.promises.models import RobotHook
from troth.web.promises.robots import post
from troth.web.promises.waiting import AHEAD_US

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A promise that has been late for longer is noted, but is no news for a group.
_NEWS_US: Final = DAY_US
_LISTED: Final = 10
_AT_ONCE: Final = 2_000


def remind(actor: Actor) -> int:
    """Note every open promise that is late or due within two hours, once each, and tell the robots.

    Args:
        actor: the job, with its time.

    Returns:
        How many promises were new.
    """
    with transaction.atomic():
        rows = Promise.objects.filter(
            state=Promise.State.OPEN, reminded_us=None, due_us__lte=actor.now_us + AHEAD_US
        )
        found = list(
            rows.select_related("truster", "trustee", "organisation").order_by("due_us")[:_AT_ONCE]
        )
        Promise.objects.filter(pk__in=[row.pk for row in found]).update(reminded_us=actor.now_us)
        if found:
            write_audit(actor, "remind", promises=len(found))
    fresh = [row for row in found if (row.due_us or 0) > actor.now_us - _NEWS_US]
    _tell(actor, fresh)
    return len(found)


def _tell(actor: Actor, promises: Sequence[Promise]) -> None:
    """Post after the transaction, so that a slow server holds no lock; each robot in its own words."""
    by_house: dict[int, list[Promise]] = defaultdict(list)
    for row in promises:
        if row.organisation_id:
            by_house[row.organisation_id].append(row)
    if not by_house:
        return
    for hook in RobotHook.objects.filter(active=True, house__in=list(by_house)):
        words = Words(hook.lang, ZoneInfo(hook.zone), {})
        post(hook, message(by_house[hook.house_id], actor.now_us, words))


def message(promises: Sequence[Promise], now_us: int, words: Words) -> str:
    """What a robot says: who owes something to whom by when; never the words of a message.

    Args:
        promises: with their parties.
        now_us: microseconds UTC.
        words: language and clock.
    """
    lang = words.lang
    lines = [words.count("promises.robot.head", len(promises))]
    for row in promises[:_LISTED]:
        late = (row.due_us or 0) < now_us
        lines.append(
            phrase(
                "promises.robot.late" if late else "promises.robot.due", lang,
                at=words.clock(row.due_us or 0), by=clean(row.trustee.name(lang)),
                to=clean(row.truster.address(lang) or words.say("promises.robot.customer")),
            )
        )  # fmt: skip
    if len(promises) > _LISTED:
        lines.append(words.say("today.more", count=len(promises) - _LISTED))
    return "\n".join(lines)
