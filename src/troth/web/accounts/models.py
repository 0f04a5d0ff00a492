"""People who use the desk, their tokens, and the audit log."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody with a login; ``party`` is the same person in the ledger, where there is one."""

    class Role(models.TextChoices):
        """What somebody is at the desk for."""

        FRONT_LINE = "front_line"
        LEAD = "lead"
        COACH = "coach"
        ANALYST = "analyst"
        ADMIN = "admin"

    role = models.CharField(max_length=12, choices=Role.choices, default=Role.FRONT_LINE)
    party = models.OneToOneField(
        "parties.Party", models.SET_NULL, null=True, blank=True, related_name="user"
    )
    house = models.ForeignKey(
        "parties.Party", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        "parties.Party", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lang = models.CharField(max_length=2, default="zh")
    zone = models.CharField(max_length=64, default="Asia/Shanghai")
    demo = models.BooleanField(default=False)
    #: How often all of somebody's sessions were ended; part of what each session is held against.
    times_sent_out = models.PositiveIntegerField(default=0)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to go on: ends with the password, and with being sent out."""
        of_password: str = super()._get_session_auth_hash(secret)  # type: ignore[misc] # Django's own hook
        return f"{of_password}-{self.times_sent_out}"


class ApiToken(models.Model):
    """A key for machines: kept as a digest, limited in what it may do, and revocable."""

    class Scope(models.TextChoices):
        """What a token may do."""

        READ = "read"
        WRITE = "write"

    name = models.CharField(max_length=80)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.READ)
    created_us = models.BigIntegerField()
    used_us = models.BigIntegerField(null=True)
    revoked_us = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class AuditRow(models.Model):
    """Who did what, when, to what, and through which door; the database takes new rows alone.

    ``user`` is a number without a constraint: a row stays as it is when its doer is gone.
    """

    t_us = models.BigIntegerField(db_index=True)
    user = models.ForeignKey(
        User, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    who = models.CharField(max_length=150)
    deed = models.CharField(max_length=60)
    what = models.CharField(max_length=300, blank=True)
    door = models.CharField(max_length=8, default="page")
    details = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["deed", "id"], name="audit_deed")]

    def __str__(self) -> str:
        return f"{self.deed} {self.what}"
