"""Advice for two colleagues: what fits, why, and nothing that ranks, presses or flatters."""

from __future__ import annotations

import re
from itertools import product

import pytest

from troth.content.pairs import CONDITIONS, pair_rules
from troth.content.yaml_files import ContentError
from troth.guidance.pairs import Style, advise_pair, lately_of, pair_facts

DAY_US = 86_400_000_000
NOW_US = 1000 * DAY_US
QUICK, STEADY = Style("quick", "task"), Style("steady", "person")
STYLES = [
    *(Style(pace, focus) for pace in ("quick", "steady") for focus in ("task", "person")),
    None,
]


def keys(styles=(None, None), lately=()):
    """Keys of what is advised."""
    facts = pair_facts(("Li Na", "Wang Lei"), styles, frozenset(lately))
    return {one.key for one in advise_pair(facts, "en")}


def test_where_they_differ_both_are_named():
    """Who is the quick one and who looks at people first is said, never that one is better."""
    facts = pair_facts(("Li Na", "Wang Lei"), (QUICK, STEADY), frozenset())
    said = " ".join(one.say for one in advise_pair(facts, "en"))
    assert "Li Na looks for the point, Wang Lei for time" in said
    assert "let Li Na name what must be done and Wang Lei how the customer feels" in said


def test_a_style_that_is_not_shared_is_not_guessed():
    """One that is kept back is asked for, and nothing follows from the other's."""
    assert keys((QUICK, None)) == keys() == {"style_unknown", "focus_unknown"}
    assert "pace_quick_check" in keys((QUICK, Style("quick")))
    assert "focus_unknown" in keys((QUICK, Style("quick")))


@pytest.mark.parametrize(
    ("happened", "holds"),
    [
        ([], {"new"}),
        ([("hand_over_dropped", 3)], {"dropped", "few_thanks"}),
        ([("hand_over_dropped", 40), ("thanks", 50)], set()),
        ([("hand_over_kept", 3), ("thanks", 4)], {"kept", "thanked"}),
        ([("hand_over_kept", 3), ("hand_over_dropped", 9), ("help_given", 60)], {"dropped"}),
        ([("thanks", 200)], set()),
    ],
)
def test_what_happened_lately(happened, holds):
    """Hand-overs and thanks of the last 30 days, thanks missing for 90."""
    told = [(kind, NOW_US - days * DAY_US) for kind, days in happened]
    assert lately_of(told, NOW_US) == holds


def test_strained_trust_asks_for_no_thanks():
    """Where trust falls, nobody is told to be thankful, nor to go on as before."""
    told = [("hand_over_kept", NOW_US - DAY_US), ("thanks", NOW_US - DAY_US)]
    assert lately_of(told, NOW_US, strained=True) == {"kept", "strained"}


def test_every_rule_fires_somewhere_and_everywhere_is_something_to_say():
    """No line is dead, and no pair that shares its styles is left without advice."""
    fired = set()
    for styles in product(STYLES, STYLES):
        for lately in CONDITIONS["lately"]:
            found = keys(styles, {lately})
            assert found
            fired |= found
    assert fired == {rule.key for rule in pair_rules()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_gap_stays_open(lang):
    """Whoever the two are."""
    for styles in product(STYLES, STYLES):
        facts = pair_facts(("A", "B"), styles, frozenset(CONDITIONS["lately"]))
        assert not [one for one in advise_pair(facts, lang) if set("{}") & set(one.say)]


def test_no_line_ranks_denies_or_flatters():
    """Nobody is better or worse, and nobody is told to please or to keep silent."""
    bad = re.compile(
        r"\b(better than|worse|weak|superior|flatter|pretend|hide|never mention)\b|"
        r"更好的人|更强|较差|恭维|装作|隐瞒"
    )
    for rule in pair_rules():
        for text in (*rule.say.values(), *rule.why.values()):
            assert not bad.search(text), rule.key


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pace: different}", "pace: odd}"),
        ("{pace: different}", "{mood: good}"),
        ("source: our_choice", "source: hearsay"),
        ("when: {pace: different}", "when: {pace: same_quick}"),
        ("- key: pace_different_deadline", "- key: pace_different_opening"),
    ],
)
def test_a_slip_in_the_content_is_named(tmp_path, old, new):
    """A condition, side or source that there is not, and a name that comes twice."""
    from troth.content.pairs import FILE

    file = tmp_path / "pairs.yaml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"^pairs\.yaml: "):
        pair_rules(file)
