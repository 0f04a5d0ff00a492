"""The worker beside the server: jobs from the queue, and what the clock asks for."""

from __future__ import annotations

import threading
from typing import Final

from troth.trust.clock import now_us
from troth.web.config.opening import open_desk

TICK_SECONDS: Final = 60
REFRESH_TICKS: Final = 60


def tick(count: int) -> None:
    """What the clock asks for each minute, and each hour.

    Args:
        count: minutes since the start.
    """
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.refresh import refresh
    from troth.web.promises.actions.remind import remind

    if count % REFRESH_TICKS == 0:
        refresh(now_us())
    remind(Actor(None, "job"))


def _keep_ticking(stop: threading.Event) -> None:
    import logging

    from django.db import connection

    count = 0
    while not stop.wait(TICK_SECONDS if count else 5):
        try:
            tick(count)
        except Exception:
            logging.getLogger("troth").exception("the clock's work failed; it is tried again")
        finally:
            connection.close()
        count += 1


def main() -> None:
    """Run until told to stop."""
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
