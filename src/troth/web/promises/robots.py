"""One message to a group's robot: a small JSON post that may fail and never holds anything up."""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Final

from troth.web.promises.models import RobotHook

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS: Final = 5
_READ: Final = 4_096
log = logging.getLogger(__name__)
Kind = RobotHook.Kind


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A robot answers where it was named, or not at all."""

    def redirect_request(self, *_: Any) -> None:
        """Follow no redirect."""


def payload(kind: str, text: str) -> dict[str, Any]:
    """A text as each kind of robot wants it.

    >>> payload("feishu", "hello")
    {'msg_type': 'text', 'content': {'text': 'hello'}}
    """
    if kind == Kind.FEISHU:
        return {"msg_type": "text", "content": {"text": text}}
    return {"msgtype": "text", "text": {"content": text}}


def post(hook: RobotHook, text: str, send: Callable[[str, bytes], bytes] | None = None) -> bool:
    """Post a text; a failure is logged by the server's name, never with the address.

    Args:
        hook: the robot.
        text: what it says.
        send: posts bytes to an address and returns the answer; over the network by default.

    Returns:
        Whether the robot took it.
    """
    body = json.dumps(payload(hook.kind, text), ensure_ascii=False).encode()
    try:
        answer = json.loads((send or _send)(hook.url, body) or b"{}")
        code = answer.get("errcode", answer.get("code", 0)) if isinstance(answer, dict) else 0
    except urllib.error.HTTPError as problem:
        log.warning("robot %s at %s answered %s", hook.kind, hook.server, problem.code)
        return False
    except (OSError, ValueError) as problem:
        # The text of the error may hold the address, and with it the secret.
        log.warning("robot %s at %s failed: %s", hook.kind, hook.server, type(problem).__name__)
        return False
    if code:
        log.warning("robot %s at %s refused the message: code %s", hook.kind, hook.server, code)
    return not code


def _send(url: str, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - https, checked when it was named
    opener = urllib.request.build_opener(_NoDetours)
    with opener.open(request, timeout=_SECONDS) as answer:
        told: bytes = answer.read(_READ)
    return told
