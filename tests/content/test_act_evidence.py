"""What acts say about trust, and how far the reader may be believed: slips are refused."""

from __future__ import annotations

import pytest

from troth.content.acts import GROUPS, acts
from troth.content.reader_reliability import reliability
from troth.content.yaml_files import ContentError

LOADINGS = "loadings: {ability: 0.5, integrity: 0.5}"
GOOD = f"{{group: harm, outcome: 0, weight: 0.4, {LOADINGS}}}"
HEAD = "weights: installed\nunmeasured: {share: 0.3, zh: 低, en: low}\n"
ROW = "{what: evasion, lang: zh, share: 0.9, measure: precision, data: blind set, date: 2026-11-24}"


def acts_of(tmp_path, evidence):
    """A file with one act."""
    path = tmp_path / "acts.yaml"
    path.write_text(
        f"blame: {{sides: [staff], valence: -1, zh: 责怪, en: blame, evidence: {evidence}}}\n"
    )
    return acts(path)


def table_of(tmp_path, *rows):
    """A table with these figures."""
    path = tmp_path / "reader_reliability.yaml"
    path.write_text(HEAD + "figures:\n" + "".join(f"  - {row}\n" for row in rows))
    return reliability(path)


def test_harm_speaks_against_trust_and_a_group_speaks_one_way():
    """Every harmful act is evidence against, and acts of one group never contradict each other."""
    known = acts().values()
    assert all(act.evidence and act.evidence.outcome == 0 for act in known if act.harm)
    for group in (name for side in GROUPS.values() for name in side):
        outcomes = {
            act.evidence.outcome for act in known if act.evidence and act.evidence.group == group
        }
        assert len(outcomes) == 1, group


def test_what_deeds_decide_is_no_evidence_in_words():
    """A promise is judged when it falls due, and a repair is none."""
    assert all(acts()[name].evidence is None for name in ("promise", "apology", "explanation"))


@pytest.mark.parametrize(
    "slip",
    [
        GOOD.replace("harm", "glad"), GOOD.replace("0.4", "0"), GOOD.replace("0.4", "2"),
        GOOD.replace("outcome: 0", "outcome: -1"), GOOD.replace("0.5}", "0.6}"),
        GOOD.replace("ability", "charm"), GOOD.replace("group: harm, ", ""), "[]",
    ],
)  # fmt: skip
def test_a_slip_in_evidence_is_refused(tmp_path, slip):
    """A group of the other side, a number out of range, loadings that do not sum to 1, a missing field."""
    assert acts_of(tmp_path, GOOD)["blame"].evidence.weight == 0.4
    acts.cache_clear()
    with pytest.raises(ContentError, match="evidence"):
        acts_of(tmp_path, slip)


def test_a_figure_is_one_line(tmp_path):
    """An act's own figure comes before its group's, and both before what is not measured."""
    group = ROW.replace("evasion", "harm").replace("0.9", "0.7")
    table = table_of(tmp_path, ROW, group)
    assert table.share(("evasion", "harm"), "zh") == 0.9
    assert table.share(("blame", "harm"), "zh") == 0.7
    assert table.share(("blame", "harm"), "en") == 0.3


@pytest.mark.parametrize(
    "slip",
    [
        ROW.replace("evasion", "charm"), ROW.replace("zh", "fr"), ROW.replace("0.9", "1.9"),
        ROW.replace("precision", "recall"), ROW.replace("evasion", "satisfaction"),
        ROW.replace("2026-11-24", "lately"), ROW.replace("blind set", "''"), f"{ROW}\n  - {ROW}",
    ],
)  # fmt: skip
def test_a_slip_in_a_figure_is_refused(tmp_path, slip):
    """Unknown names, shares out of range, a measure that is no share to believe, no date, one twice."""
    with pytest.raises(ContentError, match="figures"):
        table_of(tmp_path, slip)
