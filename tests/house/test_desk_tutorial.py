"""Typed in as it stands, the desk's tutorial prints what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/tutorial/your-first-morning.md").read_text("utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
CSV = re.search(r"^```csv\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[1]
#: What goes on until it is stopped is typed by tests of its own.
LASTING = ("troth serve", "make demo", "TROTH_HOSTS=", "export ")


def typed() -> list[tuple[str, list[str]]]:
    """Each command with the lines that the page shows of its answer."""
    found = []
    for line in "".join(BLOCKS).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return [(command, lines) for command, lines in found if not command.startswith(LASTING)]


def test_the_desk_tutorial_runs_as_told(tmp_path):
    """init, import with two bad rows, doctor, backup; "…" stands for what is left out."""
    (tmp_path / "march.csv").write_text(CSV, encoding="utf-8")
    environment = os.environ | {
        "TROTH_HOME": str(tmp_path / "mydesk"), "PYTHONUTF8": "1", "COLUMNS": "80", "TERM": "dumb",
    }  # fmt: skip
    environment.pop("TROTH_TASKS", None)
    commands = typed()
    assert [shlex.split(command)[1] for command, _ in commands] == [
        "init",
        "import",
        "doctor",
        "backup",
    ]
    for command, shown in commands:
        done = subprocess.run(
            [sys.executable, "-m", "troth.cli", *shlex.split(command)[1:]], cwd=tmp_path,
            env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == (1 if "import" in command else 0), done.stderr
        printed = done.stdout.splitlines()
        for line in shown:
            beginning = line.split("…")[0]
            assert any(one.startswith(beginning) for one in printed), line
    rejected = (tmp_path / "REJECTED.csv").read_text("utf-8")
    listed = re.findall(r"^march\.csv, row (\d+), (\w+): (.+)$", PAGE, re.MULTILINE)
    assert len(listed) == 2
    for row, column, reason in listed:
        assert f'"march.csv",{row},"{column}","{reason}"' in rejected


def test_readmes_type_the_same_commands():
    """The lines on the desk are the same in both READMEs, names apart."""
    line = re.compile(r"^\$ troth (init|import|serve)\b", re.MULTILINE)
    typed_in = [
        line.findall((ROOT / name).read_text("utf-8")) for name in ("README.md", "README.zh-CN.md")
    ]
    assert typed_in[0] == typed_in[1] == ["init", "import", "serve"]
