"""Machines that hold tokens of the small desk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from troth.web.accounts.tokens import make_token


@dataclass
class Machine:
    """A program with a token.

    Attributes:
        client: Django's test client.
        token: its token; empty for none.
        lang: the language it asks for.
    """

    client: Any
    token: str = ""
    lang: str = "en"

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send JSON, or bytes as they are."""
        kind = headers.pop("content_type", "application/json")
        told = {
            "Accept-Language": self.lang,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        if self.token:
            told["Authorization"] = f"Bearer {self.token}"
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        return self.client.generic(method, f"/api{path}", data, content_type=kind, headers=told)

    def get(self, path: str, **headers: str) -> Any:
        """Read."""
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Write."""
        return self.send("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        """Put in place."""
        return self.send("PUT", path, body, **headers)


@pytest.fixture(autouse=True)
def ticking(desk, monkeypatch):
    """A second passes between two requests, as it does between two deeds of people."""
    from troth.web.ui import middleware

    times = count(desk.now_us, 1_000_000)
    monkeypatch.setattr(middleware, "now_us", lambda: next(times))


@pytest.fixture
def machine(client, desk):
    """A machine of a role's owner with a scope."""

    def of(scope: str = "write", role: str = "admin", lang: str = "en") -> Machine:
        _, token = make_token(desk.actor(role), "test", scope)
        return Machine(client, token, lang)

    return of


@pytest.fixture
def admin(machine):
    """A machine that may write everything."""
    return machine()
