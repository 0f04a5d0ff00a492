"""What the demo's colleagues made of proposals in the last days, so that the log is not empty."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from troth.pages.words import Words
from troth.traces.decay import DAY_US
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import User
from troth.web.guidance.actions.decide_action import Decision, decide_action
from troth.web.guidance.customers import met
from troth.web.guidance.models import Advised
from troth.web.guidance.next import offer_of
from troth.web.ledger.models import Case

if TYPE_CHECKING:
    from random import Random

#: So many customers with an open case.
CASES: Final = 6
_DECISIONS: Final = (
    Decision("accepted"),
    Decision("adapted", changes=("channel",), words="对方喜欢打电话，改为今天下午打过去。"),
    Decision("declined", reason="done", words="昨天已经在前台当面说过。"),
)


def dress_advice(actor: Actor, rng: Random) -> None:
    """Let colleagues have decided on what was proposed to them yesterday.

    Args:
        actor: with the demo's present as its time.
        rng: chance, so that the same seed makes the same log.
    """
    roles = (User.Role.FRONT_LINE, User.Role.LEAD)
    users = list(User.objects.filter(demo=True, role__in=roles).order_by("pk"))
    cases = Case.objects.select_related("truster").order_by("-since_us", "pk")[:CASES]
    for case in cases:
        for user in users:
            _decided(user, case.truster, actor.now_us - DAY_US // 2, rng.choice(_DECISIONS))


def _decided(user: User, customer: Any, at_us: int, decision: Decision) -> None:
    words = Words(user.lang, ZoneInfo(user.zone), {})
    request = SimpleNamespace(user=user, now_us=at_us, words=words, GET={})
    now = met(request, customer)
    if now is None:
        return
    offer = offer_of(now.relationship, now.situation, user.lang)
    row = decide_action(Actor(user, "command", at_us), now.relationship, offer.shown, decision)
    Advised.objects.filter(pk=row.pk).update(demo=True)
