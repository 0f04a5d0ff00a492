"""What people said of themselves, what colleagues noted, and what they agreed to; all of it ends by date."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from troth.web.parties.known import under

PARTY = "parties.Party"


def scattered() -> int:
    """A number that says nothing about when its row was written."""
    return secrets.randbits(62) + 1


def of_party(party: Any) -> models.Q:
    """Rows about a party, under a name that was merged into theirs too."""
    return models.Q(party__in=under(party))


class Answered(models.Model):
    """Answers to one questionnaire: begun, or done and scored."""

    questionnaire = models.CharField(max_length=40)
    begun_us = models.BigIntegerField()
    done_us = models.BigIntegerField(null=True)
    until_us = models.BigIntegerField(db_index=True)
    answers = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-begun_us", "-pk"]


class Sitting(Answered):
    """One person's answers to one questionnaire, with their consent: begun, or done and scored.

    Nobody but ``user`` sees ``answers``; whom ``shared`` names sees ``scores``.
    """

    class Shared(models.TextChoices):
        """Who may see the result beside the person."""

        ME = "me"
        COACH = "coach"
        TEAM = "team"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sittings")
    shared = models.CharField(max_length=8, choices=Shared.choices, default=Shared.ME)

    class Meta(Answered.Meta):
        indexes: ClassVar = [
            models.Index(fields=["user", "questionnaire"], name="sitting_whose"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.user_id}"


class FormLink(models.Model):
    """A link under which one customer fills in their own form for one house; kept as a digest."""

    party = models.ForeignKey(PARTY, models.CASCADE, related_name="form_links")
    house = models.ForeignKey(PARTY, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_us = models.BigIntegerField()
    until_us = models.BigIntegerField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_us = models.BigIntegerField(null=True)
    answered_us = models.BigIntegerField(null=True)
    #: Questionnaires asked besides how they like to be met.
    asks = models.JSONField(default=list)
    saves = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-made_us"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.made_us}"


class Statement(models.Model):
    """One thing known of a party, with who said so: how they like it, or what they need and value.

    ``what`` is a key of ``WISHES`` with its ``value``, or one of ``SUBJECTS`` with ``text``, or ``address``
    with the language as ``value``; then ``replaced`` is what they were called before.
    """

    party = models.ForeignKey(PARTY, models.CASCADE, related_name="statements", db_index=False)
    house = models.ForeignKey(PARTY, models.CASCADE, null=True, related_name="+")
    what = models.CharField(max_length=12)
    value = models.CharField(max_length=12, blank=True)
    text = models.CharField(max_length=300, blank=True)
    replaced = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=16)
    form = models.BooleanField(default=False)
    #: Under which it was said; that link alone shows it.
    link = models.ForeignKey(FormLink, models.SET_NULL, null=True, related_name="+")
    preference = models.ForeignKey(
        "parties.Preference", models.CASCADE, null=True, related_name="+"
    )
    t_us = models.BigIntegerField()
    until_us = models.BigIntegerField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-t_us", "-pk"]
        indexes: ClassVar = [models.Index(fields=["party", "what"], name="statement_whose")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.what}"


class OwnSitting(Answered):
    """A customer's answers to one questionnaire for one house, under a link, with their consent.

    ``answers`` are kept until it is finished; then ``scores`` alone, and only where they tell of the house.
    """

    party = models.ForeignKey(PARTY, models.CASCADE, related_name="+", db_index=False)
    house = models.ForeignKey(PARTY, models.CASCADE, related_name="+")
    #: Under which it was answered; that link alone shows it.
    link = models.ForeignKey(FormLink, models.SET_NULL, null=True, related_name="+")

    class Meta(Answered.Meta):
        indexes: ClassVar = [
            models.Index(fields=["party", "questionnaire"], name="own_sitting_whose"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.party_id}"


class Guess(models.Model):
    """A customer's consent that a house guesses from how they write what suits them."""

    party = models.ForeignKey(PARTY, models.CASCADE, related_name="+", db_index=False)
    house = models.ForeignKey(PARTY, models.CASCADE, null=True, related_name="+")
    given_us = models.BigIntegerField()
    link = models.ForeignKey(FormLink, models.SET_NULL, null=True, related_name="+")
    until_us = models.BigIntegerField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "house"], name="guess_once"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.house_id}"


class HouseChoice(models.Model):
    """What a house has switched on."""

    house = models.OneToOneField(PARTY, models.CASCADE, related_name="people_choice")
    infer_style = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.house_id}"


class CultureAnswer(models.Model):
    """Somebody's answers on a house, of its team or of a customer; nothing here says whose they are.

    They are told in whole fives: ``five`` counts those, and inside one the numbers are scattered.
    """

    # Of this type SQLite keeps rows by number; by any other it also keeps the order in which they came.
    id = models.BigAutoField(primary_key=True, default=scattered)
    house = models.ForeignKey(PARTY, models.CASCADE, related_name="+")
    questionnaire = models.CharField(max_length=40, default="culture")
    quarter = models.CharField(max_length=6)
    five = models.IntegerField(default=0)
    answers = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["house", "quarter"], name="culture_quarter")]

    def __str__(self) -> str:
        return f"{self.house_id} {self.quarter}"


class CultureTaken(models.Model):
    """Who has answered in a quarter, so that nobody does twice; it leads to no answer."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    #: The customer, where it was none of the team.
    party = models.ForeignKey(PARTY, models.CASCADE, null=True, related_name="+")
    house = models.ForeignKey(PARTY, models.CASCADE, related_name="+")
    questionnaire = models.CharField(max_length=40, default="culture")
    quarter = models.CharField(max_length=6)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "quarter"], name="culture_once"),
            models.UniqueConstraint(
                fields=["party", "house", "questionnaire", "quarter"], name="customer_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or self.party_id} {self.quarter}"
