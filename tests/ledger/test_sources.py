"""Where events come from."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.ledger.conftest import HEADER, NOW_US, ids_of, line
from troth.ledger.errors import UnreadableError
from troth.ledger.read import read_events

if TYPE_CHECKING:
    from pathlib import Path


def test_a_missing_file_a_folder_and_their_reasons(tmp_path: Path) -> None:
    """Each in one clear line, in both languages."""
    with pytest.raises(UnreadableError, match="there is no such file"):
        read_events(tmp_path / "none.csv", now_us=NOW_US)
    with pytest.raises(UnreadableError, match="is a folder") as caught:
        read_events(tmp_path, now_us=NOW_US)
    assert caught.value.line("zh") == f"{tmp_path}：是文件夹，不是文件"
    assert "\n" not in str(caught.value)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any format."""
    stream = io.TextIOWrapper(io.BytesIO((HEADER + line("a")).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert ids_of(read_events("-", now_us=NOW_US)) == ["a"]


def test_progress_is_told(tmp_path: Path) -> None:
    """By source and share done, ending at 1."""
    path = tmp_path / "a.csv"
    path.write_text(HEADER + line("a"))
    told: list[tuple[str, float]] = []
    read_events(path, path, now_us=NOW_US, progress=lambda what, share: told.append((what, share)))
    assert told == [(str(path), 0.5), (str(path), 1.0)]
