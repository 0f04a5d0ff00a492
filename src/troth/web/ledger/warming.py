"""Load what the first page and the first deed would otherwise wait for."""

from __future__ import annotations

import gc
import threading

from troth.trust.clock import now_us


def warm_up() -> None:
    """Tell one relationship and read one message, so that folds and word lists are at hand."""
    from django.db import connection

    from troth.web.ledger.actions.messages import read_only
    from troth.web.ledger.append import append
    from troth.web.ledger.models import Relationship
    from troth.web.ledger.standing import told
    from troth.web.ledger.weights import desk_parameters

    del append  # its imports are what takes long
    try:
        one = Relationship.objects.order_by("-pk").first()
        if one is not None:
            told(one, max(now_us(), one.last_us + 1), desk_parameters())
        for text in ("您好，我今天下午三点前回复您。", "I'll call you back by 3pm today."):
            read_only(text, "staff", now_us(), "UTC")
    finally:
        connection.close()
    # What is loaded now stays: the collector need not look at it again at every page.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def warm_beside() -> None:
    """Warm up in a thread, so that the first page need not wait for it."""
    threading.Thread(target=warm_up, daemon=True).start()
