"""A small desk that tests of pages share: a hotel with a team, people of every role, some history."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from troth.web.accounts.actor import Actor
from troth.web.accounts.models import User
from troth.web.ledger.record import record_events
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party

DAY_US = 86_400_000_000
#: Monday 2 March 2026, 09:00 in Shanghai.
NOW_US = 1_772_413_200_000_000


@pytest.fixture(scope="session", autouse=True)
def _flushable():
    """Lets tests with a live server be cleaned up: flushing deletes, which the guards refuse."""
    from django.db import connection
    from django.test import TransactionTestCase

    usual = TransactionTestCase._fixture_teardown

    def unguarded(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            usual(self)
            cursor.execute(
                "DELETE FROM sqlite_sequence"
            )  # the doctor misses rows gone from the end
            for _, statement in guards:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded)
        yield


@dataclass
class Desk:
    """What a test reaches for.

    Attributes:
        now_us: the time the desk stands at.
        house: the hotel.
        other_house: a shop that the hotel's people must not see.
        users: one a role, by role; ``stranger`` is front line at the shop.
    """

    now_us: int = NOW_US
    users: dict[str, User] = field(default_factory=dict)

    def party(self, key: str) -> Party:
        """A party by its key."""
        return Party.objects.get(key=key)

    @property
    def house(self) -> Party:
        """The hotel."""
        return self.party("hotel")

    @property
    def other_house(self) -> Party:
        """The shop."""
        return self.party("shop")

    def actor(self, role: str = "admin", door: str = "page") -> Actor:
        """Somebody of a role, now."""
        return Actor(self.users[role], door, self.now_us)

    def event(self, days_ago: float, kind: str, **more: Any) -> str:
        """Record an event; by default the guest Chen Jing's trust in Li Na of the hotel.

        The desk learns of it now, or ``learned`` days ago.
        """
        learned_us = self.now_us - int(more.pop("learned", 0) * DAY_US)
        self._count = getattr(self, "_count", 0) + 1
        row = {
            "event_id": f"e{self._count}",
            "t_us": self.now_us - int(days_ago * DAY_US),
            "truster": "guest:chen",
            "trustee": "staff:li",
            "organisation": "hotel",
            "kind": kind,
            **more,
        }
        recorded = record_events(Actor(None, "command", learned_us), [row])
        assert recorded.rejected.num_rows == 0, recorded.rejected.to_pylist()
        return row["event_id"]


@pytest.fixture
def desk(db, monkeypatch) -> Desk:
    """A desk with parties and people, and no events yet; its clock stands still."""
    import troth.web.accounts.actor as actors
    from troth.web.accounts import access
    from troth.web.ui import middleware

    monkeypatch.setattr(middleware, "now_us", lambda: NOW_US)
    monkeypatch.setattr(actors, "now_us", lambda: NOW_US)

    def moved() -> int:
        return middleware.now_us()

    monkeypatch.setattr(access, "now_us", moved)
    kinds = Party.Kind
    numbers = add_parties(
        [
            Newcomer("hotel", kinds.ORGANISATION, "临江饭店", "Linjiang Hotel"),
            Newcomer("shop", kinds.ORGANISATION, "清麦小店", "Qingmai Shop"),
        ]
    )
    hotel, shop = {"house_id": numbers["hotel"]}, {"house_id": numbers["shop"]}
    team = add_parties([Newcomer("team:front", kinds.TEAM, "前厅部", "Front office", hotel)])
    inside = {**hotel, "team_id": team["team:front"]}
    add_parties([
        Newcomer("staff:li", kinds.STAFF, "李娜", "Li Na", inside),
        Newcomer("staff:wang", kinds.STAFF, "王磊", "Wang Lei", inside),
        Newcomer("staff:sun", kinds.STAFF, "孙悦", "Sun Yue", shop),
        Newcomer("guest:chen", kinds.CUSTOMER, "陈静", "Chen Jing",
                 {"address_zh": "陈女士", "address_en": "Ms Chen", "lang": "zh"}),
        Newcomer("guest:benbow", kinds.CUSTOMER, "", "Alistair Benbow", {"lang": "en"}),
        Newcomer("shopper:zhao", kinds.CUSTOMER, "赵敏", "Zhao Min"),
    ])  # fmt: skip
    made = Desk()
    for role in User.Role.values:
        party = {"front_line": "staff:li", "lead": "staff:wang"}.get(role)
        made.users[role] = User.objects.create_user(
            username=role, password="a long pass phrase", role=role, lang="zh",
            house_id=numbers["hotel"], team_id=team["team:front"],
            party=Party.objects.get(key=party) if party else None,
        )  # fmt: skip
    made.users["stranger"] = User.objects.create_user(
        username="stranger", password="a long pass phrase", role="front_line", lang="en",
        house_id=numbers["shop"], party=Party.objects.get(key="staff:sun"),
    )  # fmt: skip
    return made


@pytest.fixture
def lived(desk) -> Desk:
    """The desk after some weeks: promises kept, one broken yesterday, one open, a survey."""
    desk.event(80, "promise_made", text="发票明天开好。", due_us=desk.now_us - 79 * DAY_US)
    desk.event(79, "promise_kept", ref="e1", text="发票开好了。")
    desk.event(60, "survey", outcome=0.9, text="住得很舒服。")
    desk.event(40, "promise_made", text="给您留靠江的房间。", due_us=desk.now_us - 39 * DAY_US)
    desk.event(39, "promise_kept", ref="e4")
    desk.event(2, "promise_made", text="今晚八点前送到。", due_us=desk.now_us - DAY_US)
    desk.event(1, "promise_broken", ref="e6", text="等到十点也没有人送来。")
    desk.event(
        0.1, "promise_made", text="我今天下午三点前回复您。", due_us=desk.now_us + DAY_US // 4
    )
    return desk


@pytest.fixture
def signed_in(client, desk):
    """A browser in which somebody of a role is logged in, in a language."""

    def of(role: str = "front_line", lang: str = "zh"):
        client.force_login(desk.users[role], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["troth_lang"] = lang
        return client

    return of
