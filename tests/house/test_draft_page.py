"""The page on the draft quotes the figures that were measured."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_quotes_the_table():
    """Fifths, AUC and silent share of the dialogues that were not looked at before."""
    page = (ROOT / "docs/explanation/what-the-draft-remarks-on.md").read_text(encoding="utf-8")
    table = (ROOT / "benchmarks/truth/draft.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if "| blind |" in line]
    assert [row[0] for row in rows] == ["zh", "en"]
    unseen = [line.strip("| ").split(" | ") for line in table.splitlines() if "odd half |" in line]
    assert len(unseen) == 2
    assert all(row[4] in " ".join(page.split()) and row[5] in page for row in unseen)
    for lang, _, low, high, auc, silent, *_ in rows:
        assert f"| {lang} | {low} / {high} | {auc} | ≥ .70 | {silent} | ≥ 60% |" in page
        assert float(auc.split()[0]) >= 0.70
        assert float(silent.rstrip("%")) >= 60
