"""A desk in a home of its own, reached as its users reach it: through processes that can die."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

#: So that a number is the same event whoever writes the file.
FIRST_US = 1_760_000_000_000_000


@dataclass
class OwnDesk:
    """A home and the commands that work on it.

    Attributes:
        path: the home.
        more: further environment.
    """

    path: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """As from a shell in which nothing is set but the home."""
        told = {k: v for k, v in os.environ.items() if not k.startswith(("TROTH_", "DJANGO_"))}
        return {**told, "TROTH_HOME": str(self.path), **self.more}

    def start(
        self, *arguments: str, script: str | None = None, **more: Any
    ) -> subprocess.Popen[str]:
        """Start ``troth`` with arguments, or a script for which the desk is open."""
        told = ["-m", "troth.cli", *arguments]
        if script is not None:
            told = ["-c", f"from troth.web.config.opening import open_desk\nopen_desk()\n{script}"]
        pipe = subprocess.PIPE
        more = {"stdout": pipe, "stderr": pipe, "cwd": self.path.parent, **more}
        return subprocess.Popen([sys.executable, *told], text=True, env=self.environment, **more)

    def run(self, *arguments: str, script: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        process = self.start(*arguments, script=script)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def told(self, *arguments: str) -> Any:
        """What a command says in JSON."""
        done = self.run(*arguments, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in the database, read past the desk."""
        with closing(sqlite3.connect(self.path / "desk.sqlite3", timeout=30)) as opened:
            return opened.execute(statement, values).fetchall()

    def names(self) -> list[str]:
        """Ids of all events, in order of arrival."""
        return [row[0] for row in self.rows("SELECT event_id FROM ledger_event ORDER BY id")]

    def ill(self) -> set[str]:
        """What the doctor finds, this machine's disk and imports under way apart."""
        found = {check["name"]: check for check in self.told("doctor")}
        return {name for name, check in found.items() if not check["well"]} - {"space", "imports"}

    def check(self) -> None:
        """Hold the desk to all it promises of what is on record."""
        assert self.ill() == set()
        names = self.names()
        assert len(names) == len(set(names))
        report = self.told("rebuild")
        assert report["events"] == len(names)
        assert report["differing"] == 0, report


def made(path: Path, **more: str) -> OwnDesk:
    """A new desk with one house."""
    desk = OwnDesk(path, dict(more))
    done = desk.run("init", "--house", "Linjiang Hotel")
    assert done.returncode == 0, done.stderr
    return desk


def write_file(path: Path, count: int, seed: int = 1) -> Path:
    """Events as a team may bring them: promises, what became of them, surveys, complaints."""
    chance = random.Random(seed)
    lines = ["event_id,t_us,truster,trustee,kind,outcome,ref,text"]
    kinds = ("survey", "return", "promise_made", "promise_kept", "complaint_opened", "apology")
    for i in range(count):
        guest = (i // 6) % 500
        kind = kinds[i % 6]
        ref = f"r{i - 1}" if kind in ("promise_kept", "apology") else ""
        outcome = "0.8" if kind == "survey" else ""
        staff = chance.randrange(30)
        when = FIRST_US + i * 300_000_000
        lines.append(f"r{i},{when},guest:{guest},staff:{staff},{kind},{outcome},{ref},note {i}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill a process as the power does; False where it had ended by itself."""
    time.sleep(seconds)
    ended = process.poll() is not None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return not ended
