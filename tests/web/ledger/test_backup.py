"""A back-up is a whole desk at one moment, can be brought back, and holds no key."""

from __future__ import annotations

import io
import shutil
import sqlite3
import stat
import tarfile
from contextlib import closing

import pytest

from benchmarks.chaos.homes import OwnDesk, made, write_file
from troth.web.config.home import Home
from troth.web.ledger.backup import BackupError, back_up, restore

NOW_US = 1_772_413_200_000_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> OwnDesk:
    """A desk with some hundred events, and an uploaded file."""
    folder = tmp_path_factory.mktemp("backup")
    own = made(folder / "home")
    assert own.run("import", str(write_file(folder / "events.csv", 600))).returncode == 0
    return own


@pytest.fixture
def archive(desk, tmp_path):
    """A back-up of it."""
    path = tmp_path / "desk.tar.gz"
    assert back_up(Home(desk.path), path, NOW_US) == path.stat().st_size > 0
    return path


def packed(path, **files) -> None:
    """An archive with files of our own making."""
    with tarfile.open(path, "w:gz") as tar:
        for name, told in files.items():
            entry = tarfile.TarInfo(name.replace("__", "/"))
            if isinstance(told, tarfile.TarInfo):
                tar.addfile(told)
                continue
            entry.size = len(told)
            tar.addfile(entry, io.BytesIO(told))


def nothing_restored(home: Home) -> bool:
    """Whether a home holds no desk, and nothing lies beside it."""
    return not home.database.exists()


def test_it_holds_database_and_uploads_and_no_key(desk, archive):
    """Whoever finds a back-up can neither sign in as somebody nor test guesses at erased words."""
    with tarfile.open(archive) as tar:
        names = tar.getnames()
        assert {"desk.sqlite3", "troth.json", "uploads"} <= set(names)
        assert any(name.startswith("uploads/import-") for name in names)
        assert not any("key" in name for name in names)
        inside = b"".join(tar.extractfile(n).read() for n in names if tar.getmember(n).isfile())
    for key in (desk.path / "keys").iterdir():
        assert key.read_bytes().strip() not in inside
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_brought_back_with_its_keys_all_is_well(desk, archive, tmp_path):
    """The same events, words that can be vouched for, sums that are right."""
    home = Home(tmp_path / "new")
    home.make()
    shutil.copytree(desk.path / "keys", home.keys, dirs_exist_ok=True)
    restore(home, archive)
    again = OwnDesk(home.path)
    assert again.names() == desk.names()
    assert stat.S_IMODE(home.database.stat().st_mode) == 0o600
    assert sorted(p.name for p in home.uploads.iterdir()) == sorted(
        p.name for p in (desk.path / "uploads").iterdir()
    )
    again.check()


def test_brought_back_without_its_keys_the_doctor_says_so(archive, tmp_path):
    """The chain holds; whether words are as they were nobody can say without the key."""
    home = Home(tmp_path / "new")
    restore(home, archive)
    again = OwnDesk(home.path)
    assert again.ill() == {"words"}
    done = again.run("doctor", "--lang", "en")
    assert done.returncode == 3
    assert "the key is another one" in done.stdout


def test_people_work_on_while_it_is_made(desk, tmp_path):
    """Each back-up taken between writes is whole: chain, sums and words of one moment."""
    script = """
import sys
from troth.web.accounts.actor import Actor
from troth.web.ledger.record import record_events
for turn in range(10_000):
    rows = [dict(event_id=f"w{turn}:{i}", t_us=1760000000000000 + turn, truster=f"guest:{i}",
                 trustee="staff:1", organisation="house:linjiang-hotel", kind="return") for i in range(20)]
    record_events(Actor(None, "command"), rows)
    print(turn, flush=True)
"""
    writer = desk.start(script=script)
    counts = []
    try:
        writer.stdout.readline()
        for turn in range(2):
            path = tmp_path / f"{turn}.tar.gz"
            back_up(Home(desk.path), path, NOW_US)
            for _ in range(3):
                assert writer.stdout.readline(), writer.stderr.read()
            home = Home(tmp_path / f"home{turn}")
            home.make()
            shutil.copytree(desk.path / "keys", home.keys, dirs_exist_ok=True)
            restore(home, path)
            again = OwnDesk(home.path)
            names = again.names()
            assert len([name for name in names if name.startswith("w")]) % 20 == 0
            again.check()
            counts.append(len(names))
    finally:
        writer.kill()
        writer.communicate()
    assert counts == sorted(set(counts))


def test_nothing_is_ever_overwritten(desk, archive, tmp_path):
    """Neither a back-up by another, nor a desk by a back-up."""
    before = archive.read_bytes()
    with pytest.raises(BackupError, match="never overwritten"):
        back_up(Home(desk.path), archive, NOW_US)
    assert archive.read_bytes() == before
    with pytest.raises(BackupError, match="move it away"):
        restore(Home(desk.path), archive)
    other = Home(tmp_path / "other")
    other.make()
    wal = other.path / "desk.sqlite3-wal"
    wal.write_bytes(b"of a desk that stood here")
    with pytest.raises(BackupError, match="left of another desk"):
        restore(other, archive)
    assert wal.read_bytes() == b"of a desk that stood here"


def test_where_nothing_is_nothing_is_backed_up(tmp_path):
    """No desk, no folder: said before anything is written."""
    with pytest.raises(BackupError, match="no desk"):
        back_up(Home(tmp_path / "nowhere"), tmp_path / "b.tar.gz", NOW_US)
    assert not (tmp_path / "b.tar.gz").exists()


def test_a_place_that_is_none_is_said(desk, tmp_path):
    """A folder that does not exist is not made by a typing error."""
    with pytest.raises(BackupError, match="no folder"):
        back_up(Home(desk.path), tmp_path / "no" / "b.tar.gz", NOW_US)


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "empty", "other"])
def test_a_damaged_archive_is_refused(archive, tmp_path, damage):
    """Nothing of it stays in the home."""
    data = bytearray(archive.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flipped":
        for place in range(1000, len(data), 997):
            data[place] ^= 0xFF
    elif damage == "text":
        data = bytearray(b"this is no archive")
    elif damage == "empty":
        data = bytearray()
    path = tmp_path / "damaged.tar.gz"
    path.write_bytes(data)
    if damage == "other":
        packed(path, readme=b"hello")
    home = Home(tmp_path / "new")
    with pytest.raises(BackupError):
        restore(home, path)
    assert nothing_restored(home)


@pytest.mark.parametrize("kind", ["text", "cut", "folder", "link"])
def test_a_damaged_database_inside_is_refused(archive, tmp_path, kind):
    """What cannot be read is not put in the place of a desk."""
    with tarfile.open(archive) as tar:
        database = tar.extractfile("desk.sqlite3").read()
    inside = {"text": b"no database" * 999, "cut": database[: len(database) // 2]}.get(kind)
    if inside is None:
        inside = tarfile.TarInfo("desk.sqlite3")
        inside.type = tarfile.DIRTYPE if kind == "folder" else tarfile.SYMTYPE
        inside.linkname = "troth.json" if kind == "link" else ""
    path = tmp_path / "damaged.tar.gz"
    packed(path, **{"troth.json": b"{}", "desk.sqlite3": inside})
    home = Home(tmp_path / "new")
    with pytest.raises(BackupError):
        restore(home, path)
    assert nothing_restored(home)


@pytest.mark.parametrize("name", ["../evil", "uploads/../../evil", "link"])
def test_nothing_is_written_outside_of_the_home(archive, tmp_path, name):
    """An archive by somebody else cannot reach out."""
    with tarfile.open(archive) as tar:
        database = tar.extractfile("desk.sqlite3").read()
    bad = b"evil"
    if name == "link":
        bad = tarfile.TarInfo("uploads/link")
        bad.type, bad.linkname = tarfile.SYMTYPE, str(tmp_path)
    path = tmp_path / "evil.tar.gz"
    packed(path, **{"troth.json": b"{}", "desk.sqlite3": database, name: bad})
    home = Home(tmp_path / "deep" / "new")
    with pytest.raises(BackupError):
        restore(home, path)
    assert nothing_restored(home)
    assert not list(tmp_path.rglob("evil"))


def test_an_absolute_name_means_the_home(archive, tmp_path):
    """A name that begins at the root of the disk is taken as one inside."""
    with tarfile.open(archive) as tar:
        database = tar.extractfile("desk.sqlite3").read()
    target = tmp_path / "absolute"
    path = tmp_path / "evil.tar.gz"
    packed(path, **{"troth.json": b"{}", "desk.sqlite3": database, str(target): b"evil"})
    restore(Home(tmp_path / "new"), path)
    assert not target.exists()


def test_a_back_up_can_be_looked_into(archive, tmp_path):
    """It is a plain SQLite file: what is ours can be taken elsewhere without us."""
    with tarfile.open(archive) as tar:
        tar.extract("desk.sqlite3", tmp_path, filter="data")
    with closing(sqlite3.connect(tmp_path / "desk.sqlite3")) as opened:
        assert opened.execute("SELECT COUNT(*) FROM ledger_event").fetchone()[0] >= 600
        assert opened.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
