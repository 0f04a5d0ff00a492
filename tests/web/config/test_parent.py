"""A process ends with the one that started it."""

from __future__ import annotations

import os
import signal

from troth.web.config import parent


class Looks:
    """An event that is never set, for so many looks."""

    def __init__(self, left: int) -> None:
        self.left = left

    def wait(self, seconds: float) -> bool:
        """Whether to stop."""
        assert seconds == parent.LOOK_SECONDS
        self.left -= 1
        return self.left < 0


def test_a_process_ends_with_the_one_that_started_it(monkeypatch):
    """One that is killed takes nobody along; those it started see it once, and stop politely."""
    parents, killed = [7, 7, 1], []
    monkeypatch.setattr(os, "getppid", lambda: parents.pop(0))
    monkeypatch.setattr(os, "kill", lambda *told: killed.append(told))
    looks = Looks(9)
    parent._watch(7, looks)
    assert killed == [(os.getpid(), signal.SIGTERM)]
    assert looks.left == 6


def test_a_process_goes_on_while_its_parent_does(monkeypatch):
    """Nothing is ended that is still wanted."""
    killed = []
    monkeypatch.setattr(os, "kill", lambda *told: killed.append(told))
    parent._watch(os.getppid(), Looks(3))
    assert not killed
