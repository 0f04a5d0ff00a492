"""What is over is deleted by the hour's work, and nothing else is."""

from __future__ import annotations

from tests.web.people.answers import taken
from troth.web.accounts.models import AuditRow
from troth.web.config import worker
from troth.web.ledger.refresh import refresh
from troth.web.people.actions.links import make_form_link
from troth.web.people.actions.own_words import OwnForm, answer_form
from troth.web.people.actions.statements import note_style
from troth.web.people.models import FormLink, Guess, Sitting, Statement

DAY_US = 86_400_000_000


def test_each_hour_what_is_over_goes(lived, monkeypatch):
    """Links after two weeks, taps after ninety days, results after their year, own words after two."""
    guest, house = lived.party("guest:chen"), lived.house
    refresh(lived.now_us)
    taken(lived.actor("lead"))
    note_style(lived.actor("lead"), guest, house, "pace", "quick")
    answer_form(
        lived.actor("lead"), guest, house, OwnForm({"channel": "phone"}, "Jing", guess=True)
    )
    make_form_link(lived.actor("lead"), guest, house)

    def left(days: float) -> tuple[int, ...]:
        monkeypatch.setattr(worker, "now_us", lambda: lived.now_us + int(days * DAY_US))
        worker.tick()
        return tuple(model.objects.count() for model in (FormLink, Statement, Sitting, Guess))

    assert left(13.9) == (1, 3, 1, 1)
    assert left(14) == (0, 3, 1, 1)
    assert left(90) == (0, 2, 1, 1)
    assert left(365) == (0, 2, 0, 1)
    guest.refresh_from_db()
    assert guest.address_zh == "Jing"
    assert left(730) == (0, 0, 0, 0)
    guest.refresh_from_db()
    assert guest.address_zh == "陈女士"
    assert AuditRow.objects.filter(deed="delete_expired").count() == 4
    assert not any("Jing" in str(row.details) for row in AuditRow.objects.all())


def test_what_an_admin_put_right_is_not_taken_away(lived):
    """A form of address that was changed since is no longer the one they gave."""
    guest, house = lived.party("guest:chen"), lived.house
    answer_form(lived.actor("lead"), guest, house, OwnForm(address="Jing"))
    guest.refresh_from_db()
    guest.address_zh = "陈老师"
    guest.save()
    answer_form(lived.actor("lead"), guest, house, OwnForm())
    guest.refresh_from_db()
    assert guest.address_zh == "陈老师"
