"""Parties, how they are found, and how they like things."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models


def random_id() -> str:
    """An id that says nothing about its party; the ledger's chain covers this one alone."""
    return secrets.token_hex(8)


class Party(models.Model):
    """A person or body: customer, staff member, team or organisation.

    ``uid`` is what the chain covers; everything else here may be changed or erased.
    """

    class Kind(models.TextChoices):
        """What a party is."""

        CUSTOMER = "customer"
        STAFF = "staff"
        TEAM = "team"
        ORGANISATION = "organisation"

    uid = models.CharField(max_length=32, unique=True, default=random_id, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CUSTOMER)
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    address_zh = models.CharField(max_length=60, blank=True)
    address_en = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    lang = models.CharField(max_length=8, blank=True)
    house = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="people")
    team = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    demo = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", column], name=f"party_{column}")
            for column in ("key", "name_zh", "name_en")
        ]

    def __str__(self) -> str:
        return self.name("en")

    @classmethod
    def insiders(cls) -> models.QuerySet[Party]:
        """Everybody who is no customer: few, and found without a look at the many who are."""
        return cls.objects.filter(kind__in=[one for one in cls.Kind if one != cls.Kind.CUSTOMER])

    def name(self, lang: str) -> str:
        """The name in a language, else in the other one, else the id."""
        first, second = (
            (self.name_zh, self.name_en) if lang == "zh" else (self.name_en, self.name_zh)
        )
        return first or second or self.key

    def address(self, lang: str) -> str:
        """The form of address, where one is known."""
        return self.address_zh if lang == "zh" else self.address_en


class SearchTerm(models.Model):
    """A beginning by which a party is found as one types; a plain index answers ``begins with``."""

    term = models.CharField(max_length=24)
    party = models.ForeignKey(Party, models.CASCADE, related_name="terms", db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["term", "party"], name="term_party"),
            models.Index(fields=["party", "term"], name="party_term"),
        ]

    def __str__(self) -> str:
        return self.term


class Preference(models.Model):
    """How a party likes things, in their own or a colleague's words, with date and source."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="preferences")
    house = models.ForeignKey(Party, models.CASCADE, related_name="+", null=True)
    what = models.CharField(max_length=300)
    wanted = models.BooleanField(default=True)
    source = models.CharField(max_length=200, blank=True)
    t_us = models.BigIntegerField()
    draft = models.BooleanField(default=False)
    event_id = models.CharField(max_length=200, blank=True)
    #: Whose it was before two names were taken for one; parted again, it is theirs again.
    moved_from = models.ForeignKey(Party, models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering: ClassVar = ["-t_us"]

    def __str__(self) -> str:
        return self.what
