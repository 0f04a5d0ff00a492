"""Rows of the audit log are only added, whoever tries, and outlive their doer."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import AuditRow, User


def test_the_database_refuses_to_change_or_delete_them(desk) -> None:
    """Through the models as well as past them."""
    write_audit(desk.actor(), "log_in")
    row = AuditRow.objects.get()
    row.who = "somebody else"
    for deed in (row.save, row.delete, AuditRow.objects.all().delete,
                 lambda: AuditRow.objects.update(deed="nothing")):  # fmt: skip
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            deed()
    assert AuditRow.objects.get().who == "admin"


def test_they_outlive_their_doer(desk) -> None:
    """Nothing in them changes when a login is deleted."""
    user = User.objects.create_user("passing", role="lead")
    write_audit(desk.actor("lead"), "log_in")
    AuditRow.objects.create(t_us=1, user=user, who="passing", deed="log_in")
    number = user.pk
    user.delete()
    row = AuditRow.objects.get(who="passing")
    assert row.user_id == number
