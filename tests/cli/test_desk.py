"""A desk as its keeper runs it: made, fed, exported, backed up, examined, shown and served."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.chaos.homes import OwnDesk, made, write_file
from troth.ledger.read import read_events
from troth.trust.clock import now_us

#: From the command to the first page, folds compiled and files read once before.
MOST_SECONDS = 3.0
DEMO_ROLES = {"admin", "wang-lei", "li-na", "zhou-min", "analyst"}


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> OwnDesk:
    """A desk with one house and some hundred events."""
    folder = tmp_path_factory.mktemp("desk")
    own = made(folder / "home")
    assert own.run("import", str(write_file(folder / "events.csv", 120))).returncode == 0
    return own


@pytest.fixture
def desk(template, tmp_path) -> OwnDesk:
    """A copy of one's own."""
    shutil.copytree(template.path, tmp_path / "home")
    return OwnDesk(tmp_path / "home")


def said(done: subprocess.CompletedProcess, code: int) -> str:
    """What a command said; it ended with this code and showed no trace."""
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_init_makes_a_desk_once(tmp_path):
    """Password shown once, folders and keys for their owner alone; never over a desk that is there."""
    own = OwnDesk(tmp_path / "home")
    told = own.told("init", "--house", "临江饭店", "--user", "boss", "--lang", "zh")
    assert (told["user"], told["home"]) == ("boss", str(own.path))
    assert len(told["password"]) >= 12
    assert stat.S_IMODE(own.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in (own.path / "keys").iterdir()} == {0o600}
    assert own.rows("SELECT name_zh, name_en FROM parties_party") == [("临江饭店", "")]
    assert told["password"] not in str(own.rows("SELECT * FROM accounts_user"))
    again = said(own.run("init", "--lang", "zh"), 2)
    assert str(own.path) in again
    assert own.rows("SELECT username FROM accounts_user") == [("boss",)]


@pytest.mark.parametrize(
    "command", ["doctor", "rebuild", "serve", "backup b.tar.gz", "export out --all"]
)
def test_without_a_desk_commands_say_how_to_make_one(tmp_path, command):
    """And make none by the way."""
    own = OwnDesk(tmp_path / "nowhere")
    assert "troth init" in said(own.run(*command.split()), 2)
    assert not own.path.exists()


@pytest.mark.parametrize(
    "command",
    ["import", "export out", "export", "backup", "restore nothing.tar.gz", "init --lang fr", "serve --port x",
     "doctor --no-such-option", "import no-such-file.csv --zone Nowhere/Land"],
)  # fmt: skip
def test_wrong_use_is_told_from_broken_input(desk, command):
    """2 where the command is wrong, 3 where its input is; never a trace."""
    done = desk.run(*command.split())
    assert done.returncode == (3 if "no-such-file" in command else 2), done.stderr
    assert "Traceback" not in done.stderr


def test_import_says_what_it_took(desk, tmp_path):
    """Taken, repeated, refused; 1 where rows were refused, which are kept with the reason."""
    good = write_file(tmp_path / "more.csv", 240)
    assert desk.told("import", str(good)) == {"taken": 120, "repeated": 120, "rejected": 0}
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "event_id,at,truster,trustee,kind\n"
        "b1,2026-01-05T09:00:00Z,guest:1,staff:1,return\n"
        "b2,2026-01-05T09:00:00Z,guest:1,staff:1,no_such_kind\n"
        "b3,2199-01-05T09:00:00Z,guest:1,staff:1,return\n",
        encoding="utf-8",
    )
    before = desk.names()
    dry = desk.run("import", str(bad), "--dry-run", "--json", "--lang", "en")
    assert json.loads(said(dry, 1)) == {"taken": 1, "repeated": 0, "rejected": 2}
    assert desk.names() == before
    rejected = str(tmp_path / "refused.csv")
    done = desk.run("import", str(bad), "--lang", "zh", "--rejected", rejected)
    assert "2" in said(done, 1)
    assert desk.names() == [*before, "b1"]
    lines = Path(rejected).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert desk.rows("SELECT door, who FROM accounts_auditrow ORDER BY id DESC LIMIT 1") == [
        ("command", "(command)")
    ]


def test_import_reads_standard_input(desk):
    """As every command that takes a file."""
    process = desk.start("import", "-", "--json", stdin=subprocess.PIPE)
    line = "event_id,at,truster,trustee,kind\ns1,2026-01-05T09:00:00Z,guest:1,staff:1,return\n"
    out, err = process.communicate(line)
    assert process.returncode == 0, err
    assert json.loads(out)["taken"] == 1


def test_a_house_that_is_none_is_named(desk, tmp_path):
    """A slip of the pen makes no second house."""
    file, before = tmp_path / "a.csv", desk.names()
    file.write_text("event_id,at,truster,trustee,kind\ns1,2026-01-05T09:00:00Z,g:1,s:1,return\n")
    told = said(desk.run("import", str(file), "--house", "hotle", "--lang", "zh"), 2)
    assert "没有 hotle 这一家" in told
    assert desk.names() == before


@pytest.mark.parametrize("text", ["", "\x00\x01\x02", "a,b\n1,2\n"])
def test_a_file_that_cannot_be_used_is_broken_input(desk, tmp_path, text):
    """One line that names the file, and nothing kept."""
    file, before = tmp_path / "odd.csv", desk.names()
    file.write_text(text, encoding="utf-8")
    assert said(desk.run("import", str(file)), 3).strip()
    assert desk.names() == before


def test_export_writes_all_there_is(desk, tmp_path):
    """Three formats beside one another, readable by this same program."""
    out = tmp_path / "out"
    said(desk.run("export", str(out), "--all", "--lang", "en"), 0)
    names = {path.name for path in out.rglob("*") if path.is_file()}
    assert {"events.csv", "events.jsonl", "events.parquet"} <= names
    again = read_events(next(out.rglob("events.parquet")), now_us=now_us())
    assert again.rejected.num_rows == 0
    assert again.events.table["event_id"].to_pylist() == desk.names()


def test_back_up_and_bring_back(desk, tmp_path):
    """A round trip, and neither way over something that is there."""
    archive = tmp_path / "desk.tar.gz"
    told = said(desk.run("backup", str(archive), "--lang", "zh"), 0)
    assert str(desk.path / "keys") in told
    said(desk.run("backup", str(archive)), 2)
    said(desk.run("restore", str(archive)), 3)
    new = OwnDesk(tmp_path / "new")
    shutil.copytree(desk.path / "keys", new.path / "keys")
    said(new.run("restore", str(archive), "--lang", "en"), 0)
    assert new.names() == desk.names()
    new.check()


def test_the_doctor_finds_an_altered_row(desk):
    """0 where all is well, 3 where something is not, in words or as JSON."""
    assert "✗" not in said(desk.run("doctor", "--lang", "zh"), 0)
    desk.rows("DROP TRIGGER ledger_event_no_update")
    with closing(sqlite3.connect(desk.path / "desk.sqlite3")) as opened, opened:
        opened.execute("UPDATE ledger_event SET outcome = 1 - outcome WHERE id = 5")
    told = said(desk.run("doctor", "--lang", "en"), 3)
    assert "r4" in told
    assert "✗" in told
    done = desk.run("doctor", "--json")
    assert done.returncode == 3
    ill = {check["name"] for check in json.loads(done.stdout) if not check["well"]}
    assert {"chain", "guards"} <= ill


def test_rebuild_tells_how_far_it_differed(desk):
    """Nothing differs on a desk that nobody touched; what was altered is mended and told."""
    told = desk.told("rebuild")
    assert (told["events"], told["differing"]) == (120, 0)
    with closing(sqlite3.connect(desk.path / "desk.sqlite3")) as opened, opened:
        opened.execute("DELETE FROM ledger_ground WHERE id = (SELECT MIN(id) FROM ledger_ground)")
    assert desk.told("rebuild")["differing"] >= 1
    assert "120" in said(desk.run("rebuild", "--lang", "zh"), 0)


def test_the_demo_shows_a_day_and_its_people(tmp_path):
    """Today's list, everybody's password, and the same desk again at the second run."""
    own = OwnDesk(tmp_path / "unused")
    arguments = ("demo", "-o", str(tmp_path / "demo"), "--no-serve")
    told = said(own.run(*arguments, "--lang", "zh"), 0)
    assert "李娜" in told
    shown = [line.split()[:2] for line in told.splitlines() if line.startswith("  ")]
    passwords = dict(line for line in shown if line[0] in DEMO_ROLES)
    assert set(passwords) == DEMO_ROLES
    home = OwnDesk(tmp_path / "demo" / "desk")
    names = home.names()
    assert len(names) > 5_000
    again = said(own.run(*arguments, "--lang", "en"), 0)
    assert "Li Na" in again or "Thank" in again
    assert home.names() == names
    assert not any(password in again for password in passwords.values())
    assert home.ill() == set()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def fetched(address: str, until: float = 60.0) -> float:
    """Seconds until a page came."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < until:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                assert answer.status == 200
                return time.perf_counter() - begun
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(address)


def processes_of(home: Path) -> list[int]:
    """Processes that work for a desk."""
    mark, found = f"TROTH_HOME={home}".encode(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = (entry / "environ").read_bytes().split(b"\0")
            dead = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except OSError:
            continue
        if mark in told and not dead:
            found.append(int(entry.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are listed in /proc")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])  # the first one warms up
def test_serving_begins_quickly_and_leaves_nobody_behind(desk, ending):
    """The first page within three seconds; server, its children and the worker end together.

    Ctrl+C reaches everything in a terminal at once, another program's signal the server alone.
    """
    port, begun = free_port(), time.perf_counter()
    process = desk.start("serve", "--port", str(port), start_new_session=True)
    try:
        fetched(f"http://127.0.0.1:{port}/login/")
        seconds = time.perf_counter() - begun
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
            assert answer.status == 200
        assert len(processes_of(desk.path)) >= 2
    finally:
        send = os.killpg if ending == signal.SIGINT else os.kill
        send(process.pid, ending)
        out, err = process.communicate(timeout=30)
    assert str(port) in out
    assert "Traceback" not in err
    gone = time.perf_counter() + 5
    while processes_of(desk.path) and time.perf_counter() < gone:
        time.sleep(0.05)
    assert processes_of(desk.path) == []
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))
    if ending == signal.SIGINT:
        # On a machine busy with other things a second is a longer time.
        busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        assert seconds < MOST_SECONDS * busy
