"""The worker beside the server: jobs from the queue, and what the clock asks for."""

from __future__ import annotations

import os
import threading
from typing import Final

from troth.trust.clock import now_us
from troth.web.config.opening import open_desk
from troth.web.config.parent import end_with_parent

TICK_SECONDS: Final = 60
REFRESH_SECONDS: Final = 3600


def tick() -> None:
    """What the clock asks for each minute, and each hour."""
    from troth.web.accounts.actor import Actor
    from troth.web.imports.actions.discard_file import discard_old_files
    from troth.web.ledger.refresh import refresh, refreshed_us
    from troth.web.people.actions.delete_expired import delete_expired
    from troth.web.promises.actions.remind import remind

    now = now_us()
    clock = Actor(None, "job", now)
    if refreshed_us() < now - REFRESH_SECONDS * 1_000_000:
        refresh(now)
        discard_old_files(clock)
        delete_expired(clock)
    remind(clock)


def _keep_ticking(stop: threading.Event) -> None:
    import logging

    from django.db import connection

    pause = TICK_SECONDS // 6
    while not stop.wait(pause):
        try:
            tick()
        except Exception:
            logging.getLogger("troth").exception("the clock's work failed; it is tried again")
        finally:
            connection.close()
        pause = TICK_SECONDS


def main() -> None:
    """Run until told to stop; pages go first."""
    if hasattr(os, "nice"):
        os.nice(10)
    end_with_parent()
    open_desk()
    from django.core.management import call_command

    from troth.web.ledger.actions.batches import resume_imports

    resume_imports()
    stop = threading.Event()
    threading.Thread(target=_keep_ticking, args=(stop,), daemon=True).start()
    try:
        call_command("db_worker", verbosity=0, interval=1)
    finally:
        stop.set()


if __name__ == "__main__":
    main()
