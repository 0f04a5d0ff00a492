"""Somebody takes a table away; the audit log says which before the first row leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actor import write_audit

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def note_export(actor: Actor, what: str, file_format: str) -> None:
    """Write down that a table is exported.

    Args:
        actor: who.
        what: which table.
        file_format: how it is written.
    """
    with transaction.atomic():
        write_audit(actor, "export", what, format=file_format)
