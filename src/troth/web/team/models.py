"""What colleagues state of themselves for working together: languages, strengths, what they want to learn."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Skill(models.Model):
    """One thing stated of a colleague; ``value`` is of a closed list (content/matching.yaml)."""

    class Kind(models.TextChoices):
        """What it is about."""

        LANGUAGE = "language"
        STRENGTH = "strength"
        WANTED = "wanted"
        WISH = "wish"
        LEARNERS = "learners"

    party = models.ForeignKey(
        "parties.Party", models.CASCADE, related_name="skills", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    t_us = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "kind", "value"], name="skill_once"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind} {self.value}"
