"""Kill a desk's server while it answers programs; asked again, it must have lost and doubled nothing."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.chaos.homes import FIRST_US

if TYPE_CHECKING:
    import random

    from benchmarks.chaos.homes import OwnDesk

#: Events a post; so many that a kill often comes in the midst of writing them.
BULK = 1_000
_PATIENCE = 60
_TOKEN = """
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import User
from troth.web.accounts.tokens import make_token
print(make_token(Actor(User.objects.get(), "command"), "chaos", "write")[1])
"""


@dataclass
class Served:
    """A desk that is served, with all its processes.

    Attributes:
        process: ``troth serve``; what it started shares its session.
        port: where it listens.
        token: by which a program is let in.
    """

    process: subprocess.Popen[str]
    port: int
    token: str

    def post(self, path: str, body: bytes, kind: str, key: str) -> dict[str, Any]:
        """Post once.

        Raises:
            OSError: there was no whole answer.
            HTTPException: likewise.
        """
        headers = {
            "Authorization": f"Bearer {self.token}", "Content-Type": kind, "Idempotency-Key": key,
        }  # fmt: skip
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            asked.request("POST", path, body, headers)
            answer = asked.getresponse()
            told = answer.read()
        finally:
            asked.close()
        assert answer.status in (200, 201), (answer.status, told[:500])
        return json.loads(told)

    def kill(self) -> None:
        """End every process of it at once, as the power does."""
        listed = subprocess.run(
            ["ps", "-eo", "pid=,sid="], capture_output=True, text=True, check=True
        )
        for line in listed.stdout.splitlines():
            number, session = map(int, line.split())
            if session == self.process.pid:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
        self.process.wait()


def serve(desk: OwnDesk, token: str) -> Served:
    """Serve a desk at a port that is free, and wait until it answers."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    silent = subprocess.DEVNULL
    process = desk.start(
        "serve", "--port", str(port), stdout=silent, stderr=silent, start_new_session=True
    )
    until = time.monotonic() + _PATIENCE
    while True:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            asked.request("GET", "/health/")
            if asked.getresponse().status == 200:
                return Served(process, port, token)
        except OSError:
            assert time.monotonic() < until, "the server does not come up"
            assert process.poll() is None, "the server ended by itself"
            time.sleep(0.05)
        finally:
            asked.close()


@dataclass
class Program:
    """Posts bulks and messages in turn until nobody answers, and remembers what it was told.

    Attributes:
        told: the answers to each number's bulk and message; what is missing was never answered.
        sent: how many numbers were begun.
    """

    told: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    sent: int = 0

    def go_on(self, server: Served) -> None:
        """Until the server is killed."""
        with suppress(OSError, http.client.HTTPException):
            while True:
                self.sent += 1
                answers = self.told.setdefault(self.sent - 1, [])
                for post in (bulk, message):
                    answers.append(post(server, self.sent - 1))

    def again(self, server: Served, number: int) -> None:
        """Post a number's bulk and message once more, and hold the answers to the first ones."""
        before = self.told[number]
        told = bulk(server, number)
        counts = (told["taken"], told["repeated"])
        assert not told["rejected"], told
        # One that was never answered is there as a whole, or not at all.
        assert counts == (0, BULK) or (not before and counts == (BULK, 0)), (before, counts)
        second = message(server, number)
        assert len(before) < 2 or second["event_id"] == before[1]["event_id"], "told twice"
        self.told[number] = [told, second]


def bulk(server: Served, number: int) -> dict[str, Any]:
    """Post a number's events; each one's id is its key."""
    rows = (
        {"event_id": f"b{number}:{i}", "t_us": FIRST_US + (number * BULK + i) * 1000,
         "truster": f"guest:{i % 37}", "trustee": f"staff:{i % 5}",
         "organisation": "house:linjiang-hotel", "kind": "return", "text": "x"}
        for i in range(BULK)
    )  # fmt: skip
    body = "\n".join(map(json.dumps, rows)).encode()
    return server.post("/api/events/bulk", body, "application/x-ndjson", f"bulk-{number}")


def message(server: Served, number: int) -> dict[str, Any]:
    """Post a number's message; the desk makes its id, so that the key alone keeps it from coming twice."""
    told = {"customer": "guest:0", "staff": "staff:0", "house": "house:linjiang-hotel",
            "speaker": "staff", "text": f"message {number}"}  # fmt: skip
    body = json.dumps(told).encode()
    return server.post("/api/messages", body, "application/json", f"message-{number}")


def kill_serving(desk: OwnDesk, rounds: int, chance: random.Random) -> tuple[int, int]:
    """Kill a server while a program posts to it; start it again, and post all of the round again.

    Args:
        desk: whose desk.
        rounds: how often.
        chance: says when.

    Returns:
        How many bulks were answered before a kill, and how many posts a kill cut off.
    """
    program, answered, cut = Program(), 0, 0
    server = serve(desk, desk.run(script=_TOKEN).stdout.strip())
    try:
        for _ in range(rounds):
            first = program.sent
            posting = threading.Thread(target=program.go_on, args=(server,))
            posting.start()
            time.sleep(chance.uniform(0.2, 3.0))
            assert posting.is_alive(), "the server gave up by itself"
            server.kill()
            posting.join()
            _hold_after_kill(desk, program)
            answered += sum(bool(program.told[number]) for number in range(first, program.sent))
            cut += sum(len(program.told[number]) < 2 for number in range(first, program.sent))
            server = serve(desk, server.token)
            for number in range(first, program.sent):
                program.again(server, number)
            _hold_after_all(desk, program)
    finally:
        server.kill()
    desk.check()
    return answered, cut


def _hold_after_kill(desk: OwnDesk, program: Program) -> None:
    """What was answered is there, and nothing is there by halves."""
    there = Counter(_bulks(desk))
    assert set(there.values()) <= {BULK}, "a post is there by halves"
    told = {number for number, answers in program.told.items() if answers}
    assert told <= there.keys(), "an event that was acknowledged is gone"
    notes = {answers[1]["event_id"] for answers in program.told.values() if len(answers) == 2}
    assert notes <= set(desk.names()), "a message that was acknowledged is gone"
    assert desk.ill() == set()


def _hold_after_all(desk: OwnDesk, program: Program) -> None:
    """Everything that was ever sent is there once."""
    assert Counter(_bulks(desk)) == dict.fromkeys(range(program.sent), BULK)
    notes = [
        text for (text,) in desk.rows("SELECT text FROM ledger_words WHERE text LIKE 'message %'")
    ]
    assert sorted(notes) == sorted(f"message {number}" for number in range(program.sent))


def _bulks(desk: OwnDesk) -> list[int]:
    """The number of the bulk of each event that came by one."""
    return [int(name[1:].split(":")[0]) for name in desk.names() if name.startswith("b")]
