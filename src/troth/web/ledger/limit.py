"""A bound on time for work that another's file asks for."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    from collections.abc import Iterator


class SlowError(BaseException):
    """It took longer than it may; readers that refuse a broken record must not take it for one."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what is done inside once it has taken so long.

    Only a process's main thread can be ended so: jobs and commands run there. Threads that serve
    pages try files whose size bounds the time already.

    Args:
        seconds: of the clock on the wall; nothing is bounded where 0.

    Raises:
        SlowError: it took longer.
    """
    if threading.current_thread() is not threading.main_thread() or not seconds:
        yield
        return
    before = signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end(*_: object) -> Never:
    raise SlowError
