"""What was advised, as it was shown, and what people did about it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

PARTY = "parties.Party"


class Advised(models.Model):
    """One next action as one person saw it on one day, and whether they took it.

    ``shown`` holds all that was shown but nobody's words: events stand there by their ids. What came of it
    is not kept here: later events are joined by truster, trusted and time.
    """

    class Decision(models.TextChoices):
        """What the reader made of it; ``none`` until they say."""

        NONE = "none"
        ACCEPTED = "accepted"
        ADAPTED = "adapted"
        DECLINED = "declined"

    truster = models.ForeignKey(PARTY, models.CASCADE, related_name="+", db_index=False)
    trusted = models.ForeignKey(PARTY, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=40)
    spends = models.BooleanField()
    lang = models.CharField(max_length=2)
    shown = models.JSONField()
    digest = models.CharField(max_length=64)
    day = models.IntegerField()
    first_us = models.BigIntegerField()
    last_us = models.BigIntegerField()
    times = models.IntegerField(default=1)
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.NONE)
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    adapted = models.JSONField(default=dict)
    decided_us = models.BigIntegerField(null=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["truster", "trusted", "user", "day", "digest"], name="advice_key"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["truster", "trusted", "decided_us"], name="advice_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.action} for {self.truster_id}: {self.decision}"


class Rest(models.Model):
    """A relationship that is not to be disturbed, until they are in touch again."""

    relationship = models.ForeignKey("ledger.Relationship", models.CASCADE, related_name="rests")
    last_us = models.BigIntegerField()
    since_us = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["relationship", "last_us"], name="rest_key"),
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id} since {self.last_us}"


class Term(models.Model):
    """A word of a house in both languages, and what it means where that has to be explained."""

    house = models.ForeignKey(PARTY, models.CASCADE, related_name="+")
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    means_zh = models.CharField(max_length=120, blank=True)
    means_en = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["zh", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["house", "zh"], name="term_zh"),
        ]

    def __str__(self) -> str:
        return f"{self.zh} = {self.en}"
