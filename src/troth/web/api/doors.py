"""Two ways in: a token for machines, the session for the desk's own pages. Both ask the same access."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from troth.content.yaml_files import LANGUAGES
from troth.pages.words import Words
from troth.web.accounts.access import may
from troth.web.accounts.actor import Actor
from troth.web.accounts.tokens import user_of
from troth.web.api.problems import ProblemError
from troth.web.ui.middleware import COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest

    from troth.web.accounts.models import User

READ: Final = "read"
WRITE: Final = "write"


def language_asked(request: HttpRequest, user: User | None = None) -> str:
    """The language of an answer: chosen on the desk's pages, else asked for, else the asker's own."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        if part.strip()[:2] in LANGUAGES:
            return part.strip()[:2]
    return user.lang if user else "en"


def let_in(request: Any, user: User, deed: str) -> User:
    """Speak with somebody from now on, if they may do the deed.

    Raises:
        PermissionDenied: their role does not.
    """
    lang = language_asked(request, user)
    request.user = user
    request.words = Words(lang, ZoneInfo(user.zone), {})
    if not may(user, deed):
        raise PermissionDenied
    return user


def actor_of(request: Any) -> Actor:
    """Who does it; refusals are worded in the language that was asked for, whatever their own is."""
    speaking = copy(request.user)
    speaking.lang = request.words.lang
    return Actor(speaking, "api", request.now_us)


class BearerToken(HttpBearer):
    """``Authorization: Bearer troth_…``."""

    def __init__(self, deed: str, needs: str) -> None:
        super().__init__()
        self.deed = deed
        self.needs = needs

    def __call__(self, request: HttpRequest) -> User | None:
        """The token's owner; None where no token was sent.

        Raises:
            AuthenticationError: what was sent opens nothing.
        """
        sent = request.headers.get("Authorization")
        if sent is None:
            return None
        scheme, _, token = sent.partition(" ")
        if scheme.lower() != self.openapi_scheme:
            raise AuthenticationError
        return self.authenticate(request, token.strip())

    def authenticate(self, request: HttpRequest, token: str) -> User:
        """Open the door with a token.

        Raises:
            AuthenticationError: the token is unknown or revoked.
            ProblemError: it may only read.
        """
        now_us: int = request.now_us  # type: ignore[attr-defined] # set by ReaderMiddleware
        user = user_of(token, self.needs, now_us)
        if user is None and self.needs == WRITE and user_of(token, READ, now_us):
            raise ProblemError(403, "api.problem.scope")
        if user is None:
            raise AuthenticationError
        return let_in(request, user, self.deed)


class DeskSession(APIKeyCookie):
    """The cookie of somebody who is logged in; what changes anything must carry ``X-CSRFToken``."""

    param_name = "sessionid"

    def __init__(self, deed: str) -> None:
        super().__init__()
        self.deed = deed

    def __call__(self, request: HttpRequest) -> User | None:
        """Whoever is logged in; None where nobody is."""
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """Open the door for a session.

        Raises:
            ProblemError: the request does not prove that it comes from the desk's own pages.
        """
        del key
        user = request.user
        if not user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise ProblemError(403, "api.problem.csrf")
        return let_in(request, user, self.deed)
