"""Group robots that reminders may be posted to; none until an admin names one."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models


class RobotHook(models.Model):
    """The address of a robot in a team's group chat; whoever knows it can post there."""

    class Kind(models.TextChoices):
        """Whose robot it is; each wants its own form of message."""

        WECOM = "wecom"
        DINGTALK = "dingtalk"
        FEISHU = "feishu"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    url = models.CharField(max_length=500)
    house = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    lang = models.CharField(max_length=2, default="zh")
    zone = models.CharField(max_length=64, default="Asia/Shanghai")
    active = models.BooleanField(default=True)
    created_us = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.server}"

    @property
    def server(self) -> str:
        """The server's name, which is no secret; the rest of the address is."""
        return urlsplit(self.url).hostname or ""

    @property
    def ending(self) -> str:
        """The last characters, to tell two robots apart."""
        return self.url[-4:]
