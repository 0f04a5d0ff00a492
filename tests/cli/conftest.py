"""Commands run as a person runs them, in an empty folder."""

from __future__ import annotations

import io
import sys

import pytest

from troth.cli.main import main


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command in an empty folder; give its exit code, output and error output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TROTH_TRACE", "1")

    def command(*args: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = 0
        try:
            main(list(args))
        except SystemExit as left:
            code = left.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return command
