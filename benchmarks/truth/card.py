"""The model card, the table of reliability and the page on the reader, filled from the committed figures.

``python -m benchmarks.truth.card [DATE]`` reads ``benchmarks/truth/reading.json`` and writes the figures of
the installed reader into ``reader_card.yaml`` and ``reader_reliability.yaml`` of ``troth.content``, and all
main rows into ``docs/explanation/what-the-reader-reads.md``, so that nobody types a figure. DATE is when they
were taken; without it the date on the card stays.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import troth.content
from benchmarks.truth.reading.table import page
from troth.content.acts import acts

if TYPE_CHECKING:
    from collections.abc import Iterator

STORE = Path(__file__).parent / "reading.json"
CONTENT = Path(troth.content.__path__[0])
CARD, RELIABILITY = CONTENT / "reader_card.yaml", CONTENT / "reader_reliability.yaml"
PAGE = Path(__file__).parents[2] / "docs/explanation/what-the-reader-reads.md"
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"
#: An act has a precision of its own where it was found so often; else it takes its group's.
LEAST_FOUND = 15
_LANGUAGES = ("zh", "en")
_BLIND = "half traps"


def card_figures(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the card.

    Args:
        found: figures by part, as ``benchmarks.truth.reading`` keeps them; parts that were not run are
            left out.

    Returns:
        Rows as `troth.reading.card.Figure` holds them, rounded to three decimals.
    """
    rows = [*_dialogues(found), *_messages(found), *_blind(found)]
    names = ("data", "lang", "split", "measure", "value", "baseline")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _dialogues(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for lang in _LANGUAGES:
        own = found.get(f"installed_stc3_{lang}", {})
        for target in ("satisfaction", "solved", "effectiveness"):
            if half := own.get(f"{target}, odd half"):
                yield ("stc3_dch1", lang, "train, odd half", f"Pearson r, {target}",
                       float(half["pearson"]), float(half["TF-IDF elsewhere"]))  # fmt: skip


def _messages(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for part, data, split, measure in (
        ("installed_jddc", "uss_asap_jddc", "test", "macro-F1, satisfaction in 3 classes"),
        ("installed_chnsenticorp", "chnsenticorp", "four fifths", "macro-F1, pleased or not"),
    ):
        if own := found.get(part):
            yield (data, "zh", split, measure, round(float(own["installed"]["macro_f1"]), 3),
                   round(float(own["TF-IDF elsewhere"]["macro_f1"]), 3))  # fmt: skip


def _blind(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for lang in _LANGUAGES:
        if own := found.get(f"blind_{lang}"):
            f1 = round(own["promise with due time"]["f1"], 3)
            yield "blind set", lang, _BLIND, "F1, promise with due time", f1, None
            for act, harm in own["harm"].items():
                yield ("blind set", lang, _BLIND, f"precision, {act}", round(harm["precision"], 3),
                       None)  # fmt: skip
                yield "blind set", lang, _BLIND, f"recall, {act}", round(harm["recall"], 3), None


def reliability_figures(found: dict[str, Any], date: str) -> list[dict[str, Any]]:
    """The rows of the table of reliability.

    Args:
        found: as for `card_figures`.
        date: when they were taken, ISO 8601.

    Returns:
        By language the precision of each group of acts that was measured and of each act found at least
        ``LEAST_FOUND`` times, with one right and one wrong finding added, since fifteen right of fifteen
        do not make certain; and the share of the rated satisfaction that the forecast explains.
    """
    rows = []
    for lang in _LANGUAGES:
        for what, share in _precisions(found.get(f"blind_{lang}", {}).get("harm", {})):
            rows.append((what, lang, share, "precision", "blind set"))
        if half := found.get(f"installed_stc3_{lang}", {}).get("satisfaction, odd half"):
            share = round(half["pearson"] ** 2, 3)
            rows.append(("satisfaction", lang, share, "r2", "stc3_dch1 train, odd half"))
    names = ("what", "lang", "share", "measure", "data")
    return [dict(zip(names, row, strict=True)) | {"date": date} for row in rows]


def _precisions(harm: dict[str, Any]) -> Iterator[tuple[str, float]]:
    groups: dict[str, list[float]] = {}
    for act, own in harm.items():
        evidence = acts()[act].evidence
        if evidence is not None:
            right, times = groups.setdefault(evidence.group, [0.0, 0.0])
            groups[evidence.group] = [right + own["precision"] * own["found"], times + own["found"]]
    for group, (right, times) in groups.items():
        if times:
            yield group, round((right + 1) / (times + 2), 3)
    for act, own in harm.items():
        if own["found"] >= LEAST_FOUND:
            yield act, round((own["precision"] * own["found"] + 1) / (own["found"] + 2), 3)


def with_figures(written: str, rows: list[dict[str, Any]]) -> str:
    """A YAML file whose last key is ``figures``, with other figures.

    Args:
        written: the file as it stands.
        rows: what to put in.

    Returns:
        The file as it should stand.
    """
    head = written[: written.index("\nfigures:") + 1]
    lines = [
        "  - {" + ", ".join(f"{name}: {_scalar(value)}" for name, value in row.items()) + "}\n"
        for row in rows
    ]
    return head + ("figures:\n" + "".join(lines) if rows else "figures: []\n")


def _scalar(value: str | float | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def with_table(written: str, found: dict[str, Any]) -> str:
    """A page with the main rows of the committed table between its two marks.

    Args:
        written: the page as it stands.
        found: as for `card_figures`.

    Returns:
        The page as it should stand.
    """
    before, rest = written.split(_BEGIN)
    _, after = rest.split(_END)
    whole = page(found).split("\n## ")[0]
    rows = [line for line in whole.splitlines() if line.startswith("|")]
    return before + _BEGIN + "\n".join(["", *rows, ""]) + "\n" + _END + after


def date_of(written: str) -> str:
    """The date on the card; empty before any figures were taken."""
    found = re.search(r'^date: "(.*)"$', written, re.MULTILINE)
    return found[1] if found else ""


def main(wanted: list[str]) -> None:
    """Fill all three files."""
    found = json.loads(STORE.read_text("utf-8"))
    card = CARD.read_text("utf-8")
    date = wanted[0] if wanted else date_of(card)
    if not date:
        raise SystemExit("say when the figures were taken: python -m benchmarks.truth.card DATE")
    card = re.sub(r"^date: .*$", f'date: "{date}"', card, flags=re.MULTILINE)
    CARD.write_text(with_figures(card, card_figures(found)), "utf-8")
    table = RELIABILITY.read_text("utf-8")
    RELIABILITY.write_text(with_figures(table, reliability_figures(found, date)), "utf-8")
    PAGE.write_text(with_table(PAGE.read_text("utf-8"), found), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
