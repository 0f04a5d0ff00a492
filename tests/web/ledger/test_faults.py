"""What a desk must outlive, with real processes: killed ones, full disks, locks of others, no network."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from benchmarks.chaos.homes import OwnDesk, made, write_file
from benchmarks.chaos.kills import kill_import, kill_rebuild
from benchmarks.chaos.serving import Served, kill_serving, serve
from troth.content.text import phrase
from troth.web.ledger.faults import DeskFaultError, fault_of, told_faults
from troth.web.ledger.middleware import broken

#: Loops of the real thing, for as long as one likes: ``make chaos``.
ROWS = 30_000


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> OwnDesk:
    """A desk with some hundred events, to be copied."""
    folder = tmp_path_factory.mktemp("faults")
    own = made(folder / "home")
    assert own.run("import", str(write_file(folder / "events.csv", 300))).returncode == 0
    return own


@pytest.fixture
def own(template, tmp_path) -> OwnDesk:
    """A desk of one's own that waits for nobody."""
    shutil.copytree(template.path, tmp_path / "home")
    return OwnDesk(tmp_path / "home", {"TROTH_LOCK_SECONDS": "0.3"})


def test_killed_imports_and_rebuilds_lose_nothing(tmp_path):
    """Five kills of one import, then it ends with the right count; then kills of a rebuild."""
    chance = random.Random(20260302)
    desk, file = made(tmp_path / "home"), write_file(tmp_path / "events.csv", ROWS)
    assert kill_import(desk, file, 5, chance) >= 3
    assert kill_rebuild(desk, 2, chance) >= 1


def test_killed_servers_lose_and_double_nothing(tmp_path):
    """What a program was answered for is there; posted again after a kill, everything is there once."""
    answered, cut = kill_serving(made(tmp_path / "home"), 3, random.Random(7))
    assert answered >= 1
    assert cut >= 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed in /proc")
def test_a_killed_server_takes_its_processes_along(tmp_path):
    """The first process killed alone: those that answer pages and run jobs end by themselves."""
    served = serve(made(tmp_path / "home"), "")
    try:
        assert len(alive(served)) >= 3
        served.process.kill()
        served.process.wait()
        until = time.monotonic() + 30
        while alive(served) and time.monotonic() < until:
            time.sleep(0.2)
        assert alive(served) == []
    finally:
        served.kill()


def alive(served: Served) -> list[int]:
    """What runs of a server: processes of its session."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, session = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:4]
        except OSError:  # gone since
            continue
        if session == str(served.process.pid) and state != "Z":
            found.append(int(entry.name))
    return found


@contextmanager
def held(desk: OwnDesk):
    """Another program holds the database."""
    with closing(sqlite3.connect(desk.path / "desk.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def said_plainly(done: subprocess.CompletedProcess, *keys: str, lang: str = "en") -> None:
    """Exit code 3, one line in the language asked, no trace."""
    assert done.returncode == 3, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert any(phrase(key, lang) in lines[-1] for key in keys)
    assert "Traceback" not in done.stderr
    assert "Error:" not in done.stderr.replace("Error: ", "", 1)


def test_a_command_says_that_the_desk_is_busy(own, tmp_path):
    """After waiting as long as it was told to; and later everything can be done again."""
    file, before = write_file(tmp_path / "more.csv", 600, 2), own.names()
    with held(own):
        said_plainly(own.run("import", str(file), "--lang", "zh"), "fault.locked", lang="zh")
        said_plainly(own.run("rebuild", "--lang", "en"), "fault.locked")
        assert own.ill() == set(), "looking needs no lock"
    assert own.names() == before
    assert own.told("import", str(file))["taken"] == 300


#: Somebody signed in adds a touch, on the page and through the API, while something is in the way.
_PAGES = """
import json, sqlite3
from django.conf import settings
from django.db import connection
from django.test import Client
from troth.web.accounts.models import User
from troth.web.ledger.models import Event
from troth.web.parties.models import Party
settings.ALLOWED_HOSTS = ["*"]
client = Client(raise_request_exception=False, headers={{"accept-language": "{lang}"}})
client.force_login(User.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
client.cookies["troth_lang"] = "{lang}"
guest, staff = Party.objects.get(key="guest:0"), Party.objects.filter(kind="staff").first()
touch = {{"to": guest.pk, "by": staff.pk, "touch": "smiled", "channel": "phone", "text": "x" * 2000}}
event = dict(event_id="told", at="2025-10-20T10:00:00Z", truster="guest:0", trustee=staff.key,
             kind="return", organisation="house:linjiang-hotel", text="x" * 200_000)
def tell(what, answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    print(json.dumps([what, answer.status_code, answer.headers.get("Content-Type"), body.decode()]))
def add():
    tell("page", client.post("/add/", touch))
    tell("api", client.post("/api/events", json.dumps(event), content_type="application/json"))
def look():
    tell("day", client.get("/"))
{way}
print(json.dumps(["count", Event.objects.count(), "", ""]))
"""
_LOCKED = """
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
add(); look()
other.execute("ROLLBACK")
add()
"""
_FULL = """
ask = connection.cursor().execute
pages = ask("PRAGMA page_count").fetchone()[0]
ask(f"PRAGMA max_page_count = {pages}")
for _ in range(20):
    if client.post("/add/", touch).status_code != 302:
        break
add(); look()
ask("PRAGMA max_page_count = 1000000")
add()
"""


@pytest.mark.parametrize(
    ("way", "key", "lang"), [(_LOCKED, "fault.locked", "zh"), (_FULL, "fault.full", "en")]
)
def test_pages_and_programs_are_told(own, way, key, lang):
    """A page and a problem of status 503 that say what to do; reading goes on; later it works."""
    done = own.run(script=_PAGES.format(way=way, lang=lang))
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    (_, page, kind, body), (_, api, media, problem), (_, day, *_), *later = told
    assert (page, api, day) == (503, 503, 200)
    assert kind.startswith("text/html")
    assert phrase(key, lang) in body
    assert phrase("ui.error.denied", lang) in body
    assert media == "application/problem+json"
    assert json.loads(problem)["detail"] == phrase(key, lang)
    assert [(what, status) for what, status, *_ in later[:2]] == [("page", 302), ("api", 201)]
    assert "Traceback" not in body + problem
    assert later[-1][1] == len(own.names())


def cannot(why: str) -> None:
    """Leave a test out where the machine does not allow it; never where all must be tested."""
    assert os.environ.get("CI") != "true", why
    pytest.skip(why)


@contextmanager
def small_disk(folder, megabytes: int):
    """A disk of so many megabytes; where none can be made, skips aloud, and in CI fails."""
    folder.mkdir()
    told = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or shutil.which("mount") is None:
        cannot("a small disk can only be made by root")
    if subprocess.run(told, capture_output=True, check=False).returncode:
        cannot("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def test_no_disk_is_left_out_in_silence(tmp_path, monkeypatch):
    """Where all must be tested, a machine that lets nobody mount fails; elsewhere it says so."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(AssertionError, match="root"):
        small_disk(tmp_path / "a", 1).__enter__()
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="root"):
        small_disk(tmp_path / "b", 1).__enter__()


def test_a_full_disk_loses_nothing(tmp_path, template):
    """Import and back-up say that the disk is full; moved to a larger one the desk is whole."""
    rows = 9_000
    file = write_file(tmp_path / "events.csv", rows)
    with small_disk(tmp_path / "disk", 5) as disk:  # half of what they need
        shutil.copytree(template.path, disk / "home")
        own = OwnDesk(disk / "home")
        # What SQLite calls an input or output error may well be a full disk, and its words say so.
        said_plainly(own.run("import", str(file)), "fault.full", "fault.disk")
        before = own.names()
        assert len(before) >= 300
        (disk / "filler").write_bytes(b"x" * (shutil.disk_usage(disk).free or 0))
        said_plainly(own.run("backup", str(disk / "b.tar.gz")), "fault.full", "fault.disk")
        assert sorted(p.name for p in disk.iterdir()) == ["filler", "home"]
        done = own.run("doctor", "--lang", "en")
        assert "Traceback" not in done.stderr
        (disk / "filler").unlink()
        shutil.copytree(disk / "home", tmp_path / "larger")
    larger = OwnDesk(tmp_path / "larger")
    assert larger.names() == before
    larger.check()
    told = larger.told("import", str(file))
    assert told["taken"] + len(before) == rows
    larger.check()


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path, template):
    """A disk mounted for reading alone."""
    with small_disk(tmp_path / "disk", 16) as disk:
        shutil.copytree(template.path, disk / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        own = OwnDesk(disk / "home")
        said_plainly(own.run("rebuild"), "fault.readonly")
        said_plainly(own.run("init", "--home", str(disk / "new")), "fault.readonly")


@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_file_is_said(own, whole):
    """Bytes that are no database, or no longer one: a line that says what to do, never a trace."""
    path = own.path / "desk.sqlite3"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    start = 0 if whole else 4096 * 3
    data[start:] = b"\xa5" * (len(data) - start)
    path.write_bytes(data)
    said_plainly(own.run("rebuild"), "fault.damaged")
    done = own.run("doctor", "--lang", "en")
    assert done.returncode == 3
    assert "Traceback" not in done.stdout + done.stderr


def test_faults_are_told_from_mistakes():
    """Only what the machine denies is said as such; a mistake of ours stays one."""
    assert fault_of(OperationalError("database is locked")) == "fault.locked"
    assert fault_of(OperationalError("disk I/O error")) == "fault.disk"
    assert fault_of(OperationalError("no such table: x")) is None
    assert fault_of(FileNotFoundError(2, "no such file")) is None
    with pytest.raises(DeskFaultError, match="磁盘满了"), told_faults("zh"):
        raise OSError(28, "No space left on device")
    with pytest.raises(ZeroDivisionError), told_faults("zh"):
        raise ZeroDivisionError


@pytest.mark.parametrize("path", ["/", "/api/events"])
@pytest.mark.parametrize("error", [OperationalError("database is locked"), ZeroDivisionError()])
def test_what_fails_before_any_view_is_told_too(path, error):
    """Sessions and log-ins ask the database as well; the last page asks nothing."""
    request = RequestFactory().get(path, headers={"accept-language": "zh-CN"})
    try:
        raise error
    except type(error):
        answer = broken(request)
    if isinstance(error, ZeroDivisionError):
        assert answer.status_code == 500
        return
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    told = answer.content.decode()
    assert phrase("fault.locked", "zh") in told
    assert answer["Content-Type"].startswith("text/html" if path == "/" else "application/problem")


@pytest.mark.django_db
def test_a_session_that_cannot_be_read_is_told(lived, signed_in, monkeypatch):
    """The whole way through Django: the database is busy before a view is even chosen."""
    from django.contrib.sessions.backends.db import SessionStore

    client = signed_in("front_line", "zh")
    client.raise_request_exception = False
    # The error is raised on purpose; Django would print its trace.
    monkeypatch.setattr("django.core.handlers.exception.log_response", lambda *_, **__: None)

    def locked(self):
        raise OperationalError("database is locked")

    monkeypatch.setattr(SessionStore, "load", locked)
    answer = client.get("/")
    assert answer.status_code == 503
    assert phrase("fault.locked", "zh") in answer.content.decode()


PAGES = ("/", "/parties/", "/parties/search/?q=chen", "/promises/", "/promises/new/", "/add/",
         "/import/", "/settings/me/", "/settings/people/", "/settings/house/", "/settings/tokens/",
         "/settings/data/", "/settings/audit/", "/api/events", "/health/")  # fmt: skip


@pytest.mark.django_db
def test_the_desk_asks_nobody_outside(lived, signed_in, monkeypatch):
    """Every page, a message read, a relationship told: without a single connection to elsewhere."""
    asked = []

    def refuse(self, address, *more):
        asked.append(address)
        raise OSError(101, "Network is unreachable")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    client: Client = signed_in("admin", "en")
    for path in PAGES:
        assert client.get(path).status_code == 200, path
    chen, house = lived.party("guest:chen"), lived.house
    assert client.get(f"/relationships/{chen.pk}/{house.pk}/").status_code == 200
    said = {"text": "陈女士，发票我明天上午给您。", "speaker": "staff", "to": chen.pk}
    assert client.post("/today/paste/", said).status_code in (200, 302, 422)
    assert asked == []
    assert connection.vendor == "sqlite"
