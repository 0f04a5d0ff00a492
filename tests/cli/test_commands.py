"""Commands as a person runs them: files in, files out, exit codes that mean something."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

HEADER = "event_id,at,truster,trustee,kind,outcome,ref\n"
GOOD = (
    "e1,2026-01-05T09:00:00Z,chen,li,promise_kept,,\n"
    "e2,2026-01-12T09:00:00Z,chen,li,promise_broken,,\n"
    "e3,2026-01-13T09:00:00Z,chen,li,apology,,e2\n"
)


def put(text: str, name: str = "events.csv") -> str:
    """Write events into the current folder."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in the current folder."""
    return list(csv.DictReader(io.StringIO(Path(name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_score_writes_the_format_asked_for(run, suffix):
    """One row for the one relationship, in each format."""
    code, out, _ = run("score", put(HEADER + GOOD), "-o", f"b.{suffix}", "--lang", "en")
    assert code == 0
    assert "1 relationships from 3 events" in out
    if suffix == "parquet":
        row = pq.read_table("b.parquet").to_pylist()[0]
    elif suffix == "csv":
        row = rows_of("b.csv")[0]
    else:
        row = json.loads(Path("b.jsonl").read_text(encoding="utf-8"))
    assert (row["truster"], row["trustee"], row["stage"]) == ("chen", "li", "understanding")


def test_standard_input_and_output(run):
    """``-`` reads from a pipe, and without -o the rows go to standard output."""
    code, out, _ = run("score", "-", stdin=(HEADER + GOOD).encode())
    assert code == 0
    assert json.loads(out)["truster"] == "chen"


def test_rejected_rows_are_listed_and_the_rest_goes_on(run):
    """A bad row lands in REJECTED.csv with row, column and reason; exit 1."""
    code, _, err = run(
        "score", put(HEADER + GOOD + "e4,soon,chen,li,survey,1,\n"), "-o", "b.csv", "--lang", "en"
    )
    assert code == 1
    assert "1 records were rejected" in err
    row = rows_of("REJECTED.csv")[0]
    assert (row["row"], row["column"]) == ("5", "at")
    assert Path("b.csv").exists()


def test_a_file_that_is_no_file_of_events_is_broken_input(run):
    """Exit 3 and one clear line."""
    Path("x.parquet").write_bytes(b"PAR1 not really")
    code, out, err = run("score", "x.parquet")
    assert (code, out) == (3, "")
    assert len(err.strip().splitlines()) == 1
    assert "x.parquet" in err


WRONG = (
    "score",
    "nonsense",
    "score events.csv --by nobody",
    "score events.csv --at soon",
    "explain events.csv --truster nobody --trustee li",
    "explain events.csv --truster chen --trustee li --zone Nowhere",
    "fit events.csv --group game",
    "fit events.csv --test-from 7",
    "fit events.csv",
)


@pytest.mark.parametrize("line", WRONG)
def test_wrong_use_is_exit_2(run, line):
    """What cannot be done as asked is one line and exit 2."""
    put(HEADER + GOOD)
    code, _, err = run(*line.split())
    assert code == 2
    assert err.strip()


def test_broken_parameters_are_broken_input(run):
    """A parameter file with a missing field is named, with the field; exit 3."""
    put(HEADER + GOOD)
    code, _, err = run("score", "events.csv", "--params", put("slope = 1.0\n", "p.toml"))
    assert code == 3
    assert "p.toml" in err
    assert "half_lives_days" in err


def test_check_only_looks(run):
    """check says what is good and writes nothing but the rejected rows."""
    code, out, _ = run("check", put(HEADER + GOOD), "--lang", "en")
    assert (code, out.strip()) == (0, "3 events are good.")
    code, out, _ = run(
        "check", put(HEADER + GOOD + "e1,2026-01-05T09:00:00Z,a,b,survey,2,\n"), "--json"
    )
    found = json.loads(out)
    assert code == 1
    assert found["rejected"][0]["row"] == 5


def test_convert_there_and_back(run):
    """Events survive every format."""
    put(HEADER + GOOD)
    for source, target in (
        ("events.csv", "a.parquet"),
        ("a.parquet", "b.jsonl"),
        ("b.jsonl", "c.csv"),
        ("c.csv", "d.parquet"),
    ):
        assert run("convert", source, "-o", target)[0] == 0
    assert pq.read_table("d.parquet").equals(pq.read_table("a.parquet"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain_speaks_both_languages(run, lang):
    """A page in the terminal, and one as a file that needs no network."""
    code, out, _ = run(
        "explain", put(HEADER + GOOD), "--truster", "chen", "--trustee", "li", "--lang", lang
    )
    assert code == 0
    assert ("承诺落空" if lang == "zh" else "Promise broken") in out
    code, out, _ = run(
        "explain",
        "events.csv",
        "--truster",
        "chen",
        "--trustee",
        "li",
        "--lang",
        lang,
        "--html",
        "p.html",
    )
    assert code == 0
    assert "<html" in Path("p.html").read_text(encoding="utf-8")


def test_fit_with_json_prints_json_alone(run):
    """Figures as documented; predictions for every tested event; parameters that score accepts."""
    lines = (
        f"e{i:03d},{1_700_000_000 + i * 9000},c{i % 7},s{i % 3},survey,{int(i % 5 > 0)},\n"
        for i in range(300)
    )
    put(HEADER + "".join(lines))
    code, out, _ = run(
        "fit", "events.csv", "-o", "p.toml", "--json", "--predictions", "pred.csv", "--refits", "2"
    )
    assert code == 0
    found = json.loads(out)
    assert found.keys() >= {"model", "frozen", "baselines", "rows", "params"}
    assert found["model"].keys() >= {"log_loss", "auc", "brier", "ece", "coverage"}
    rows = rows_of("pred.csv")
    assert len(rows) == found["rows"] == 120
    assert rows[0].keys() == {"event_id", "probability"}
    assert run("score", "events.csv", "--params", "p.toml", "-o", "b.csv")[0] == 0


def test_demo_lists_the_day_and_writes_pages(run):
    """Both languages; pages that open without a network; the same seed, the same list."""
    code, first, _ = run("demo", "--pages", "--json")
    assert code == 0
    told = json.loads(first)
    assert told["today"]["promises"]
    assert told["today"]["falling"]
    assert told["today"]["repairs"]
    assert all(Path(page).read_text(encoding="utf-8").startswith("<!") for page in told["pages"])
    assert json.loads(run("demo", "--pages", "--json")[1])["today"] == told["today"]
    code, out, _ = run("demo", "--pages", "--lang", "zh")
    assert code == 0
    assert "今天" in out or "今日" in out


def test_help_is_quick_and_loads_nothing_heavy():
    """``troth --help`` never loads the numerical libraries."""
    script = "import sys; from troth.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    script += (
        "print([m for m in ('numpy', 'numba', 'pyarrow', 'scipy', 'rich') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().endswith("[]")
