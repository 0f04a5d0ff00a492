"""What the clock asks of the worker: reminders each minute, figures and old files each hour."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.web.conftest import DAY_US
from troth.web.config import worker
from troth.web.ledger.models import Batch, Promise, Relationship
from troth.web.ledger.refresh import refresh, refreshed_us

MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US


@pytest.fixture
def later(lived, monkeypatch):
    """Lets so much time pass, and the clock ask once."""
    refresh(lived.now_us)

    def passed(us):
        now = lived.now_us + us
        monkeypatch.setattr(worker, "now_us", lambda: now)
        worker.tick()
        return now

    return passed


@pytest.fixture
def old_file(lived):
    """A file that somebody left waiting a day ago."""
    batch = Batch.objects.create(
        name="a.csv", source="file", house=lived.house, file="left-waiting",
        state=Batch.State.WAITING, started_us=lived.now_us - DAY_US,
    )  # fmt: skip
    (Path(settings.HOME.uploads) / batch.file).write_text("x")
    return batch


def test_each_minute_promises_are_reminded_of(lived, later, old_file):
    """And nothing else is touched: figures and files wait for the hour."""
    lived.event(1, "promise_made", text="Soon.", due_us=lived.now_us + HOUR_US)
    name = Promise.objects.get(due_us=lived.now_us + HOUR_US).event_id
    before = Relationship.objects.values_list("at_us", flat=True).order_by("pk")
    standing = list(before)
    now = later(MINUTE_US)
    assert Promise.objects.get(event_id=name).reminded_us == now
    assert list(before.all()) == standing
    assert refreshed_us() == lived.now_us
    assert Batch.objects.filter(pk=old_file.pk).exists()


def test_each_hour_figures_fade_and_old_files_go(lived, later, old_file):
    """Every relationship is as of now, and what was left waiting for a day is gone from the disk."""
    before = dict(Relationship.objects.values_list("pk", "probability"))
    now = later(HOUR_US + MINUTE_US)
    assert refreshed_us() == now
    assert before
    for row in Relationship.objects.all():
        assert row.at_us == now
        assert row.probability != before[row.pk]
    assert not Batch.objects.filter(pk=old_file.pk).exists()
    assert not (Path(settings.HOME.uploads) / old_file.file).exists()


class Minutes:
    """A signal to stop that comes after so many waits."""

    def __init__(self, waits):
        self.left, self.waited = waits, []

    def wait(self, seconds):
        """Wait for no time at all."""
        self.waited.append(seconds)
        self.left -= 1
        return self.left < 0


def test_a_tick_that_fails_is_tried_again(monkeypatch, caplog):
    """The log says so, and the clock goes on."""
    ticks = []

    def tick():
        ticks.append(1)
        if len(ticks) == 1:
            raise OSError("the disk is away")

    monkeypatch.setattr(worker, "tick", tick)
    stop = Minutes(3)
    worker._keep_ticking(stop)
    assert len(ticks) == 3
    assert stop.waited == [10, 60, 60, 60]
    assert [record.exc_info[0] for record in caplog.records] == [OSError]
