"""Ask an OpenAI-compatible server one thing: within a time, within a size, and nobody else.

The standard library's client is used as it stands: it follows no redirect and knows no proxy, so what
is asked goes to the server that was named or nowhere.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from troth.content.text import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TIMEOUT_S: Final = 30.0
RETRIES: Final = 2
#: A server that asks for a longer pause is not waited for.
LONGEST_WAIT_S: Final = 20.0
LONGEST_ANSWER: Final = 1 << 20
_FIRST_WAIT_S: Final = 0.5
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class NoAnswerError(Exception):
    """The server gave no answer of use.

    Attributes:
        key: phrase that says why.
        values: what goes into its gaps.
        unreachable: whether asking something else would fail the same way.
    """

    def __init__(self, key: str, *, unreachable: bool = False, **values: object) -> None:
        self.key, self.values, self.unreachable = key, values, unreachable
        super().__init__(self.line("en"))

    def line(self, lang: str) -> str:
        """Why, in ``zh`` or ``en``."""
        return phrase(self.key, lang, **self.values)


class _BusyError(NoAnswerError):
    """Worth another try, after a pause of ``wait_s`` where the server named one."""

    wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """Where to ask.

    Attributes:
        url: of the server, of its ``/v1``, or of the very address.
        model: name that the server knows.
        key: sent as a bearer token; None sends none.
        timeout_s: seconds for the whole of one answer.
        retries: further tries where the server is busy or the connection fails.

    Raises:
        ValueError: the address or the key cannot be used.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = TIMEOUT_S
    retries: int = RETRIES

    def __post_init__(self) -> None:
        """Refuse now what could only fail later."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("TROTH_LLM_URL must be an address such as http://127.0.0.1:8000/v1")
        if parts.username or parts.password:
            raise ValueError("TROTH_LLM_URL must not hold a password; set TROTH_LLM_KEY")
        if not self.model.strip():
            raise ValueError("TROTH_LLM_MODEL must name the model")
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            raise ValueError("TROTH_LLM_KEY holds characters that no key has")
        if not 0 < self.timeout_s <= 3600:
            raise ValueError("TROTH_LLM_TIMEOUT must be seconds, above 0 and at most 3600")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self | None:
        """The server that ``TROTH_LLM_URL``, ``_MODEL``, ``_KEY`` and ``_TIMEOUT`` name.

        Returns:
            None where no address is set.

        Raises:
            ValueError: one of them cannot be used.
        """
        url = environment.get("TROTH_LLM_URL", "").strip()
        if not url:
            return None
        try:
            timeout_s = float(environment.get("TROTH_LLM_TIMEOUT") or TIMEOUT_S)
        except ValueError:
            timeout_s = 0.0
        model, key = environment.get("TROTH_LLM_MODEL", ""), environment.get("TROTH_LLM_KEY")
        return cls(url, model, (key or "").strip() or None, timeout_s)

    @property
    def path(self) -> str:
        """What is asked for at the host.

        >>> Server("http://127.0.0.1:8000/v1/", "m").path
        '/v1/chat/completions'
        """
        path = urlsplit(self.url).path.rstrip("/")
        if path.endswith("/chat/completions"):
            return path
        return f"{path}/chat/completions" if path.endswith("/v1") else f"{path}/v1/chat/completions"


def ask(server: Server, body: bytes, sleep: Callable[[float], None] = time.sleep) -> bytes:
    """Post a body and give back the answer's.

    Args:
        server: where to.
        body: JSON.
        sleep: how to pause between tries.

    Returns:
        At most ``LONGEST_ANSWER`` bytes.

    Raises:
        NoAnswerError: there is none of use; says why.
    """
    wait_s = _FIRST_WAIT_S
    for left in range(server.retries, -1, -1):
        try:
            return _post(server, body)
        except _BusyError as busy:
            pause_s = wait_s if busy.wait_s is None else busy.wait_s
            if not left or pause_s > LONGEST_WAIT_S:
                raise
        sleep(pause_s)
        wait_s *= 2
    raise AssertionError


def _post(server: Server, body: bytes) -> bytes:
    """One try, cut off when its time is over, however slowly the answer drips."""
    connection = _connection(server)
    over = threading.Event()
    try:
        connection.connect()
        cutter = threading.Timer(server.timeout_s, _cut, (connection.sock, over))
        cutter.daemon = True
        cutter.start()
        try:
            answer = _answer(connection, server, body)
        finally:
            cutter.cancel()
    except TimeoutError as error:
        raise _too_slow(server) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if over.is_set():
            raise _too_slow(server) from error
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise _BusyError("reading.opinion.connection", unreachable=True, detail=detail) from error
    finally:
        connection.close()
    # An answer without a length that was cut off looks like one that has ended.
    if over.is_set():
        raise _too_slow(server)
    return answer


def _connection(server: Server) -> http.client.HTTPConnection:
    parts = urlsplit(server.url)
    assert parts.hostname is not None
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=server.timeout_s)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=server.timeout_s)


def _cut(sock: socket.socket, over: threading.Event) -> None:
    over.set()
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _too_slow(server: Server) -> NoAnswerError:
    return NoAnswerError("reading.opinion.slow", unreachable=True, seconds=f"{server.timeout_s:g}")


def _answer(connection: http.client.HTTPConnection, server: Server, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    connection.request("POST", server.path, body, headers)
    with connection.getresponse() as response:
        if response.status in _BUSY:
            busy = _BusyError("reading.opinion.status", unreachable=True, status=response.status)
            busy.wait_s = _pause(response.headers.get("Retry-After"))
            raise busy
        if 300 <= response.status < 400:
            raise NoAnswerError("reading.opinion.redirect", unreachable=True)
        if response.status != 200:
            raise NoAnswerError("reading.opinion.status", unreachable=True, status=response.status)
        answer = response.read(LONGEST_ANSWER + 1)
        if len(answer) > LONGEST_ANSWER:
            raise NoAnswerError("reading.opinion.huge")
        if response.length:
            raise http.client.IncompleteRead(answer, response.length)
        return answer


def _pause(named: str | None) -> float | None:
    """Seconds that ``Retry-After`` asks for, as a number or as a date."""
    if not named:
        return None
    with suppress(ValueError, TypeError, OverflowError):
        if named.strip().isdecimal():
            return float(named[:9])
        return max(0.0, (parsedate_to_datetime(named) - datetime.now(UTC)).total_seconds())
    return None
