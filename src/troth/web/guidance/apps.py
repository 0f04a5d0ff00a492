"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """guidance."""

    name = "troth.web.guidance"
    label = "guidance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the log of advice be exported with everything else."""
        from troth.web.guidance.log import NAMES, log_batches
        from troth.web.ledger.export.tables import add_table

        add_table("advice", NAMES, log_batches)
