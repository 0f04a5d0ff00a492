"""Whom the team has decided to leave in peace."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Rest(models.Model):
    """A relationship that went quiet and is not to be disturbed, until they are in touch again."""

    relationship = models.ForeignKey("ledger.Relationship", models.CASCADE, related_name="rests")
    last_us = models.BigIntegerField()
    since_us = models.BigIntegerField()
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["relationship", "last_us"], name="rest_key"),
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id} since {self.last_us}"
