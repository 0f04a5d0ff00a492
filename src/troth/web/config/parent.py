"""The process that started this one."""

from __future__ import annotations

import os
import signal
import threading
from typing import Final

#: A port and a database that nobody asks for any more are free again after this.
LOOK_SECONDS: Final = 2


def end_with_parent() -> None:
    """End this process, as a polite stop does, once the one that started it is gone.

    A process that is killed outright tells nobody; those it started would go on without it.
    """
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent, threading.Event()), daemon=True).start()


def _watch(parent: int, stop: threading.Event) -> None:
    while not stop.wait(LOOK_SECONDS):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
