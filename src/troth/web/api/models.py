"""What was answered under an idempotency key: never words, only what was made and figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Answer(models.Model):
    """One key of one asker; the same request again gets the same answer."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    made = models.CharField(max_length=250)
    told = models.JSONField(default=dict)
    t_us = models.BigIntegerField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="answer_key"),
        ]

    def __str__(self) -> str:
        return self.key
