"""Keys for machines: made and shown once, kept as a digest, limited, revocable."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from django.db import OperationalError, transaction
from django.db.models import Q

from troth.trust.clock import now_us as clock
from troth.web.accounts.access import may
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import ApiToken

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.accounts.models import User

BEGINNING: Final = "troth_"
_MINUTE_US: Final = 60_000_000
_MOST: Final = 50


def digest(token: str) -> str:
    """What is kept of a token; it is random, so a plain digest cannot be guessed backwards."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def make_token(actor: Actor, name: str, scope: str) -> tuple[ApiToken, str]:
    """Make a key with which a machine acts as the doer.

    Args:
        actor: who; with a user.
        name: what the machine is called.
        scope: ``read`` or ``write``.

    Returns:
        The token's row, and the token, which is kept nowhere in the clear.

    Raises:
        RefusedError: it has no name, no such scope, or there are too many already.
        PermissionError: this role holds no tokens.
    """
    if actor.user is None or not may(actor.user, "token"):
        raise PermissionError("this role holds no tokens")
    if not name.strip():
        raise RefusedError("setup.refused.token_name", "name")
    if scope not in ApiToken.Scope.values:
        raise RefusedError("setup.refused.token_scope", "scope")
    token = BEGINNING + secrets.token_urlsafe(32)
    with transaction.atomic():
        if ApiToken.objects.filter(user=actor.user, revoked_us=None).count() >= _MOST:
            raise RefusedError("setup.refused.token_many", most=_MOST)
        row = ApiToken.objects.create(
            name=name.strip()[:80], user=actor.user, digest=digest(token), hint=token[-4:],
            scope=scope, created_us=actor.now_us,
        )  # fmt: skip
        write_audit(actor, "make_token", f"token:{row.pk}", scope=scope)
    return row, token


def revoke_token(actor: Actor, token: ApiToken) -> None:
    """Let a key open nothing any more.

    Args:
        actor: who.
        token: which.
    """
    with transaction.atomic():
        open_still = ApiToken.objects.filter(pk=token.pk, revoked_us=None)
        if open_still.update(revoked_us=actor.now_us):
            write_audit(actor, "revoke_token", f"token:{token.pk}", owner=token.user.username)


def user_of(token: str, needs: str, now_us: int | None = None) -> User | None:
    """For whom a token speaks.

    The look-up is by digest, so its time says nothing about tokens that are nearly right.

    Args:
        token: as the machine sent it.
        needs: ``read`` or ``write``.
        now_us: the time, microseconds UTC.

    Returns:
        Its owner, or None where it is unknown, revoked, too weak, or its owner may hold none.
    """
    if not token.startswith(BEGINNING):
        return None
    open_still = ApiToken.objects.filter(revoked_us=None).select_related("user")
    row = open_still.filter(digest=digest(token)).first()
    if row is None or not may(row.user, "token"):
        return None
    if needs not in ((row.scope,) if row.scope == ApiToken.Scope.READ else ApiToken.Scope.values):
        return None
    _note_use(row, clock() if now_us is None else now_us)
    return row.user


def _note_use(row: ApiToken, now_us: int) -> None:
    """Write down the use, at most once a minute, so that reads stay reads."""
    before = now_us - _MINUTE_US
    if row.used_us is not None and row.used_us > before:
        return
    stale = ApiToken.objects.filter(Q(used_us=None) | Q(used_us__lte=before), pk=row.pk)
    # A busy database must not turn a read away; the next use is written down instead.
    with suppress(OperationalError), transaction.atomic():
        stale.update(used_us=now_us)
