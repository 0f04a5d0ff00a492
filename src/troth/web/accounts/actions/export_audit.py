"""Somebody takes a copy of the audit log away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actor import write_audit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.web.accounts.actor import Actor


def export_audit(actor: Actor, only: Mapping[str, str]) -> None:
    """Write down that the log left the desk.

    Args:
        actor: who.
        only: which rows were asked for.
    """
    with transaction.atomic():
        write_audit(actor, "export_audit", **{k: v for k, v in only.items() if v})
