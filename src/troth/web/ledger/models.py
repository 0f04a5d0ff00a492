"""The ledger's rows, and what is kept up to date beside them.

Columns that chained rows cover never change; the database itself refuses it. Everything else here is
reckoned from them and can be rebuilt.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

PARTY = "parties.Party"


class Batch(models.Model):
    """One way in: an import, a bulk post, an afternoon at the desk; what can be undone at once."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    name = models.CharField(max_length=255)
    source = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    house = models.ForeignKey(PARTY, models.SET_NULL, null=True, related_name="+")
    started_us = models.BigIntegerField()
    ended_us = models.BigIntegerField(null=True)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    repeated = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    file = models.CharField(max_length=255, blank=True)
    rejected_file = models.CharField(max_length=255, blank=True)
    choice = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """What happened, chained to the row before; only added, never changed.

    ``id`` is the place in the chain. Attribution is what it was at the time: ``trustee`` and
    ``organisation`` never follow a later change of hands.
    """

    id = models.BigAutoField(primary_key=True)
    event_id = models.CharField(max_length=200, unique=True)
    t_us = models.BigIntegerField()
    truster = models.ForeignKey(PARTY, models.PROTECT, related_name="+", db_index=False)
    trustee = models.ForeignKey(PARTY, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        PARTY, models.PROTECT, related_name="+", null=True, db_index=False
    )
    kind = models.CharField(max_length=40)
    outcome = models.FloatField()
    weight = models.FloatField()
    ability = models.FloatField()
    reliability = models.FloatField()
    integrity = models.FloatField()
    benevolence = models.FloatField()
    ref = models.CharField(max_length=200, null=True)  # noqa: DJ001 - the ledger tells none from empty
    due_us = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=60, blank=True)
    known_us = models.BigIntegerField()
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, related_name="events", db_index=False
    )
    digest = models.BinaryField(max_length=32)
    chain = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["truster", "t_us"], name="event_truster"),
            models.Index(fields=["trustee", "t_us"], name="event_trustee"),
            models.Index(fields=["kind", "organisation", "t_us"], name="event_kind"),
            models.Index(fields=["ref"], name="event_ref", condition=models.Q(ref__isnull=False)),
            models.Index(
                fields=["batch"], name="event_batch", condition=models.Q(batch__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.event_id


class Words(models.Model):
    """What was said in an event, and other columns that came with it; the digest vouches for them."""

    event = models.OneToOneField(
        Event, models.CASCADE, primary_key=True, related_name="words", db_index=False
    )
    text = models.TextField(blank=True)
    extras = models.JSONField(default=dict)
    reading = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.text[:40]


class Ground(models.Model):
    """The finest sums: one truster, one trustee, in one house, as of ``t_us``."""

    truster = models.ForeignKey(PARTY, models.PROTECT, related_name="+", db_index=False)
    trustee = models.ForeignKey(PARTY, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        PARTY, models.PROTECT, related_name="+", null=True, db_index=False
    )
    t_us = models.BigIntegerField()
    sums = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["truster", "trustee", "organisation"], name="ground_key"),
        ]

    def __str__(self) -> str:
        return f"{self.truster_id} {self.trustee_id} {self.organisation_id}"


class Total(models.Model):
    """Sums of busy keys, kept so that nobody has to add up a whole house."""

    class Kind(models.IntegerChoices):
        """Which key."""

        TRUSTEE = 1
        ORGANISATION = 2
        ORG_TRUSTEE = 3

    kind = models.SmallIntegerField(choices=Kind.choices)
    first = models.BigIntegerField()
    second = models.BigIntegerField(default=0)
    t_us = models.BigIntegerField()
    sums = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="total_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} {self.second}"


class Base(models.Model):
    """One row: outcomes known so far and their sum, of which the base rate is made; last refresh."""

    count = models.BigIntegerField(default=0)
    total = models.FloatField(default=0.0)
    refreshed_us = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.total}/{self.count}"


class Relationship(models.Model):
    """Where one relationship stands, as last reckoned; pages reckon it anew for their own moment.

    ``trusted`` is the house, or the party where no house is named and inside a team. ``stage`` is as of
    ``at_us``; what is kept as ``fold_…`` stood after the last event, and steps on from there.
    """

    truster = models.ForeignKey(PARTY, models.PROTECT, related_name="trusts", db_index=False)
    trusted = models.ForeignKey(PARTY, models.PROTECT, related_name="trusted_by", db_index=False)
    inside = models.BooleanField(default=False)
    at_us = models.BigIntegerField()
    first_us = models.BigIntegerField()
    last_us = models.BigIntegerField()
    mass = models.FloatField()
    enough = models.BooleanField()
    probability = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    trend = models.FloatField(default=0.0)
    stage = models.SmallIntegerField(default=0)
    stage_us = models.BigIntegerField()
    repair = models.BooleanField(default=False)
    open_breaches = models.IntegerField(default=0)
    rhythm_days = models.FloatField(default=0.0)
    quiet_us = models.BigIntegerField(null=True)
    hurt = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+", db_index=False)
    stake = models.FloatField(default=0.0)
    fold_stage = models.SmallIntegerField(default=0)
    fold_us = models.BigIntegerField(default=0)
    fold_repair = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["truster", "trusted"], name="relationship_key"),
        ]
        indexes: ClassVar = [
            # Partial, since lists show customers alone; and SQLite finds no key in a NOT.
            *(
                models.Index(
                    fields=["trusted", column],
                    name=f"relationship_{name}",
                    condition=models.Q(inside=False, enough=True),
                )
                for name, column in (("trend", "trend"), ("quiet", "quiet_us"))
            ),
            *(
                models.Index(
                    fields=["trusted", column],
                    name=f"relationship_{name}",
                    condition=models.Q(inside=False),
                )
                for name, column in (("stage", "stage"), ("last", "last_us"), ("stake", "stake"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.truster_id} in {self.trusted_id}"


class Point(models.Model):
    """What was believed once an event was known."""

    relationship = models.ForeignKey(
        Relationship, models.CASCADE, related_name="points", db_index=False
    )
    t_us = models.BigIntegerField()
    others = models.FloatField()
    mean = models.FloatField()
    probability = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["relationship", "t_us"], name="point_key"),
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id} {self.t_us}"


class Promise(models.Model):
    """A promise, from the draft found in a message to the proof that it was kept.

    Its words stay where they were said: in event ``said_in``, from ``start`` to ``end`` where they are
    a part of it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft"
        OPEN = "open"
        KEPT = "kept"
        BROKEN = "broken"
        DISMISSED = "dismissed"
        WITHDRAWN = "withdrawn"

    event_id = models.CharField(max_length=200, unique=True)
    truster = models.ForeignKey(PARTY, models.PROTECT, related_name="+", db_index=False)
    trustee = models.ForeignKey(PARTY, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(PARTY, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=9, choices=State.choices)
    made_us = models.BigIntegerField()
    due_us = models.BigIntegerField(null=True)
    moved = models.IntegerField(default=0)
    ended_us = models.BigIntegerField(null=True)
    said_in = models.CharField(max_length=200)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    reminded_us = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state", "due_us"], name="promise_due"),
            models.Index(fields=["truster", "state"], name="promise_truster"),
        ]

    def __str__(self) -> str:
        return self.event_id


class Case(models.Model):
    """A breach that waits for repair; gone once it is closed."""

    root = models.CharField(max_length=200, unique=True)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    truster = models.ForeignKey(PARTY, models.PROTECT, related_name="+", db_index=False)
    trustee = models.ForeignKey(PARTY, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(PARTY, models.PROTECT, related_name="+", null=True)
    since_us = models.BigIntegerField()
    steps = models.JSONField(default=list)
    answered = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["truster"], name="case_truster"),
            models.Index(fields=["organisation", "answered", "since_us"], name="case_waiting"),
        ]

    def __str__(self) -> str:
        return self.event_id
