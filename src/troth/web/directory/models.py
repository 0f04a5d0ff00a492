"""Which events a member of staff has seen about themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Seen(models.Model):
    """Somebody has seen an event that is about them; those who lead them see it from then on."""

    event = models.ForeignKey("ledger.Event", models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    t_us = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user"], name="seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.event_id}"
