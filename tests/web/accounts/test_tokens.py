"""Keys for machines: shown once, kept as a digest, limited, revocable, and gone with the role."""

from __future__ import annotations

import hashlib
import logging

import pytest

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import ApiToken, AuditRow
from troth.web.accounts.tokens import make_token, revoke_token, user_of

MINUTE_US = 60_000_000


def test_a_token_is_kept_as_a_digest_alone(desk, caplog) -> None:
    """Neither the table nor the audit log nor any other log holds it."""
    caplog.set_level(logging.DEBUG)
    row, token = make_token(desk.actor("analyst"), " Helpdesk ", "read")
    assert token.startswith("troth_")
    assert len(token) > 40
    assert (row.name, row.hint) == ("Helpdesk", token[-4:])
    assert row.digest == hashlib.sha256(token.encode()).hexdigest()
    user_of(token, "read", desk.now_us)
    written = str([list(ApiToken.objects.values()), list(AuditRow.objects.values()), caplog.text])
    assert token not in written
    assert token[6:-4] not in written


def test_it_speaks_for_its_owner_within_its_scope(desk) -> None:
    """Reading tokens do not write; writing ones also read."""
    reading = make_token(desk.actor("analyst"), "a", "read")[1]
    writing = make_token(desk.actor("admin"), "b", "write")[1]
    assert user_of(reading, "read", desk.now_us) == desk.users["analyst"]
    assert user_of(reading, "write", desk.now_us) is None
    assert user_of(writing, "read", desk.now_us) == desk.users["admin"]
    assert user_of(writing, "write", desk.now_us) == desk.users["admin"]


@pytest.mark.parametrize(
    "token", ["", "troth_", "troth_nonsense", "nonsense", "troth_\ud800", "troth_" * 9999]
)
def test_what_is_no_token_opens_nothing(desk, token) -> None:
    """Also what is no text at all."""
    assert user_of(token, "read", desk.now_us) is None


def test_it_ends_when_revoked_and_when_its_owner_may_hold_none(desk) -> None:
    """By a closed login or another role; a second revoking changes nothing."""
    row, token = make_token(desk.actor("analyst"), "a", "read")
    analyst = desk.users["analyst"]
    for column, value in (("is_active", False), ("role", "coach")):
        before = getattr(analyst, column)
        setattr(analyst, column, value)
        analyst.save()
        assert user_of(token, "read", desk.now_us) is None
        setattr(analyst, column, before)
        analyst.save()
    assert user_of(token, "read", desk.now_us)
    revoke_token(desk.actor("analyst"), row)
    revoke_token(desk.actor("admin"), row)
    assert user_of(token, "read", desk.now_us) is None
    assert AuditRow.objects.filter(deed="revoke_token").count() == 1


def test_its_use_is_written_down_at_most_once_a_minute(desk, django_assert_num_queries) -> None:
    """So that reads stay reads: one query, and no write, within the minute."""
    row, token = make_token(desk.actor("analyst"), "a", "read")
    start = desk.now_us
    for now_us, noted in (
        (start, start),
        (start + MINUTE_US - 1, start),
        (start + MINUTE_US, start + MINUTE_US),
    ):
        user_of(token, "read", now_us)
        row.refresh_from_db()
        assert row.used_us == noted
    with django_assert_num_queries(1):
        user_of(token, "read", start + MINUTE_US + 1)


def test_not_everybody_makes_tokens_and_nobody_without_end(desk, monkeypatch) -> None:
    """The role decides; a token needs a name and a scope."""
    for role in ("front_line", "lead", "coach"):
        with pytest.raises(PermissionError):
            make_token(desk.actor(role), "a", "read")
    for name, scope, key in ((" ", "read", "token_name"), ("a", "own", "token_scope")):
        with pytest.raises(RefusedError) as error:
            make_token(desk.actor(), name, scope)
        assert error.value.key == f"setup.refused.{key}"
    monkeypatch.setattr("troth.web.accounts.tokens._MOST", 1)
    make_token(desk.actor(), "a", "read")
    with pytest.raises(RefusedError, match="already have 1"):
        make_token(desk.actor(), "b", "read")
