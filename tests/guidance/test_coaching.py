"""Learners and coaches, one to one: as the slow way finds it, and never a pair that may not be."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.coaching import best_pairs
from troth.guidance.coaching import Coach, Learner, barred, pair_coaches, reasons_of
from troth.guidance.matching import Load, Trust

SKILLS = ["calming", "listening", "phone"]
some = st.frozensets(st.sampled_from(SKILLS))
tongues = st.frozensets(st.sampled_from(["zh", "en"]))
learner = st.builds(
    Learner, id=st.just(""), wanted=some, languages=tongues,
    leads=st.frozensets(st.sampled_from(["c0", "c1"])), not_lead=st.booleans(),
)  # fmt: skip
coach = st.builds(
    Coach, id=st.just(""), strengths=some, languages=tongues,
    load=st.builds(Load, st.integers(0, 4), st.integers(0, 2)), capacity=st.integers(0, 2),
)  # fmt: skip
trust = st.builds(Trust, st.just(0.5), st.floats(0.1, 0.9), st.just(0.9), st.booleans())


def with_id(one, name):
    """The same under an id of its own."""
    return type(one)(**{**vars(one), "id": name})


@settings(max_examples=120)
@given(st.lists(learner, max_size=4), st.lists(coach, max_size=3), st.data())
def test_pairs_are_those_the_slow_way_finds(learners, coaches, data):
    """Most learners served, then most points, then first ids first."""
    rows = [with_id(one, f"l{i}") for i, one in enumerate(learners)]
    columns = [with_id(one, f"c{i}") for i, one in enumerate(coaches)]
    trusts = {
        (r.id, c.id): data.draw(trust) for r in rows for c in columns if data.draw(st.booleans())
    }
    points = [
        [
            None
            if barred(r, c)
            else sum(x.points for x in reasons_of(r, c, trusts.get((r.id, c.id))))
            for c in columns
        ]
        for r in rows
    ]
    want = best_pairs(points, [c.capacity for c in columns])
    shuffled = data.draw(st.permutations(rows)), data.draw(st.permutations(columns))
    found = pair_coaches(*shuffled, trusts)
    assert [one.learner for one in found] == [one.id for one in rows]
    assert [one.coach for one in found] == [None if j is None else f"c{j}" for j in want]


def test_what_is_wanted_meets_what_somebody_is_good_at():
    """Each to the coach who can teach it, and it is said."""
    rows = [Learner("a", frozenset({"phone"})), Learner("b", frozenset({"calming"}))]
    columns = [
        Coach("x", frozenset({"calming"}), capacity=1),
        Coach("y", frozenset({"phone"}), capacity=1),
    ]
    found = pair_coaches(rows, columns, {})
    assert [(one.learner, one.coach) for one in found] == [("a", "y"), ("b", "x")]
    assert found[0].reasons[0].values == {"skills": ("phone",)}


def test_who_asks_not_to_be_coached_by_their_lead_is_not():
    """Even where nobody else is free."""
    asks = Learner("a", leads=frozenset({"x"}), not_lead=True)
    assert pair_coaches([asks], [Coach("x")], {})[0].coach is None
    assert pair_coaches([Learner("a", leads=frozenset({"x"}))], [Coach("x")], {})[0].coach == "x"


def test_nobody_coaches_themselves_or_without_a_language():
    """A lead may be a learner too; two who cannot speak with each other are no pair."""
    assert barred(Learner("x"), Coach("x")) == "self"
    zh, en = frozenset({"zh"}), frozenset({"en"})
    assert barred(Learner("a", languages=zh), Coach("x", languages=en)) == "language"
    assert barred(Learner("a", languages=zh), Coach("x")) is None


def test_a_group_of_sixty_is_paired_at_once():
    """Capacities hold, and everybody who can be is served."""
    rows = [Learner(f"l{i:02}", frozenset({SKILLS[i % 3]})) for i in range(60)]
    columns = [Coach(f"c{i:02}", frozenset({SKILLS[i % 3]}), capacity=4) for i in range(12)]
    found = pair_coaches(rows, columns, {})
    taken = [one.coach for one in found if one.coach]
    assert len(taken) == 48
    assert max(taken.count(c.id) for c in columns) == 4
