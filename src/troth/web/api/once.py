"""A key that a program chooses, so that asking again after a lost answer does nothing twice."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.conf import settings
from django.db import transaction

from troth.traces.decay import DAY_US
from troth.web.api.models import Answer
from troth.web.api.problems import ProblemError
from troth.web.api.routes import KEY_HEADER, LONGEST_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

#: Keys are remembered so long; an event's own id is remembered for ever.
KEPT_US: Final = 30 * DAY_US
_PLAIN: Final = re.compile(r"[!-~]+")
Made = tuple[str, dict[str, Any]]


def key_of(request: Any) -> str | None:
    """The key that came with a request.

    Raises:
        ProblemError: it is no key.
    """
    key: str | None = request.headers.get(KEY_HEADER)
    if key is not None and not (len(key) <= LONGEST_KEY and _PLAIN.fullmatch(key)):
        raise ProblemError(422, "api.problem.key", most=LONGEST_KEY)
    return key


def once(request: Any, act: Callable[[], Made], body: Any = None) -> Made:
    """Do a deed once for a key.

    Args:
        request: with the key, or without one, when the deed is simply done.
        act: does it and says the id of what it made, and figures to answer with; never words.
        body: what the request asks, in JSON's own types.

    Returns:
        What was made now, or when the key was first used.

    Raises:
        ProblemError: the key was used for another request.
    """
    key = key_of(request)
    if key is None:
        return act()
    digest = _digest(request, body)
    with transaction.atomic():
        old = Answer.objects.filter(user=request.user, key=key).first()
        if old is not None:
            if bytes(old.digest) != digest:
                raise ProblemError(409, "api.problem.reused")
            return old.made, old.told
        made, told = act()
        stale = Answer.objects.filter(t_us__lt=request.now_us - KEPT_US)
        stale.delete()
        Answer.objects.create(
            user=request.user, key=key, digest=digest, made=made, told=told, t_us=request.now_us
        )
    return made, told


def _digest(request: Any, body: Any) -> bytes:
    """What vouches for a request; keyed, since the words in it could be guessed."""
    asked = orjson.dumps([request.method, request.path, body], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(settings.DIGEST_KEY, asked, "sha256")
