"""Who suits a customer: by a closed list, with reasons; nothing protected can weigh in."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.content.matching import matching
from troth.guidance.asked_for import asked_for
from troth.guidance.coaching import Coach, Learner
from troth.guidance.matching import Candidate, Load, Need, Trust, propose_staff

EN, ZH = frozenset({"en"}), frozenset({"zh"})
NAMES = {"li": ["李娜", "Li Na"], "wang": ["王磊", "Wang Lei"], "lin": ["林静", "Lin Jing"]}


def first(need, *candidates):
    """Who is proposed first."""
    return propose_staff(need, candidates)[0].id


def points(candidate, need=None):
    """What one candidate gets."""
    return propose_staff(need or Need(), [candidate])[0].points


def test_a_customers_own_wish_comes_first():
    """Before trust, a language and an open matter taken one by one; a colleague they declined comes last."""
    sure = Trust(0.9, 0.8, 0.95, enough=True)
    assert first(Need(asked={"b": True}), Candidate("a", trust=sure), Candidate("b")) == "b"
    assert first(Need(asked={"b": True}), Candidate("a", open_with=3), Candidate("b")) == "b"
    assert first(Need(asked={"a": False}), Candidate("a", open_with=1), Candidate("b")) == "b"


def test_who_has_the_open_matter_goes_on_with_it():
    """So that nobody has to start again."""
    assert first(Need(), Candidate("a"), Candidate("b", open_with=1)) == "b"


def test_little_evidence_weighs_little():
    """Too early weighs nothing; the lower bound counts, not the middle."""
    early = Trust(0.95, 0.9, 0.99, enough=False)
    narrow, wide = Trust(0.8, 0.75, 0.85, enough=True), Trust(0.85, 0.4, 0.97, enough=True)
    assert points(Candidate("a", trust=early)) == points(Candidate("a")) == 0
    assert points(Candidate("a", trust=narrow)) > 0 > points(Candidate("a", trust=wide))
    cases = [
        r.case
        for c in (None, early, narrow, wide)
        for r in propose_staff(Need(), [Candidate("a", trust=c)])[0].reasons
    ]
    assert cases == ["none", "early", "good", "poor"]


def test_language_is_what_was_stated():
    """Spoken by both counts for, another one against; nothing stated says only that."""
    told = {
        one.id: one
        for one in propose_staff(Need(EN), [Candidate("a", EN), Candidate("b"), Candidate("c", ZH)])
    }
    assert list(told) == ["a", "b", "c"]
    assert [told[i].reasons[-1].case for i in "abc"] == ["shared", "unknown", "missing"]


def test_promises_to_this_customer_count_and_broken_ones_twice():
    """Kept ones for, broken ones against."""
    assert points(Candidate("a", kept=4)) > points(Candidate("a", kept=1)) > 0
    assert points(Candidate("a", kept=1, broken=1)) < 0


def test_a_shared_style_is_a_weak_hint():
    """Less than any stated language or a full day."""
    alike = points(Candidate("a", pace="quick", focus="task"), Need(pace="quick", focus="task"))
    assert 0 < alike < matching().weighs["customer"]["language"]
    assert points(Candidate("a", pace="steady"), Need(pace="quick")) == 0


@pytest.mark.parametrize(
    ("channel", "strength", "counts"),
    [
        ("phone", "phone", True),
        ("email", "writing", True),
        ("message", "phone", False),
        ("in_person", "phone", False),
    ],
)
def test_a_channel_wished_meets_who_is_good_at_it(channel, strength, counts):
    """A hint as weak as a style."""
    found = points(Candidate("a", strengths=frozenset({strength})), Need(channel=channel))
    assert found == (matching().weighs["customer"]["channel"] if counts else 0)


def test_a_full_day_speaks_for_somebody_else():
    """Repairs weigh more than promises, up to a limit."""
    assert points(Candidate("a", load=Load(0, 1))) < points(Candidate("a", load=Load(1, 0))) < 0
    assert points(Candidate("a", load=Load(99, 99))) == -matching().weighs["customer"]["load"]


def test_equals_stand_in_order_of_id():
    """Chance decides nothing."""
    assert [one.id for one in propose_staff(Need(), map(Candidate, "cab"))] == ["a", "b", "c"]


def test_every_reason_is_of_the_closed_list():
    """Nothing else is weighed."""
    sure, phone = Trust(0.8, 0.7, 0.9, enough=True), frozenset({"phone"})
    one = Candidate("a", EN, phone, sure, 3, 1, 1, Load(1, 1), "quick", "task")
    need = Need(EN, {"a": True}, "phone", "quick", "task")
    weighed = {reason.what for reason in propose_staff(need, [one])[0].reasons}
    assert weighed == set(matching().weighs["customer"])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Need, {"languages", "asked", "channel", "pace", "focus"}),
        (
            Candidate,
            {
                "id", "languages", "strengths", "trust", "kept", "broken", "open_with", "load",
                "pace", "focus",
            },
        ),
        (Learner, {"id", "wanted", "languages", "leads", "not_lead"}),
        (Coach, {"id", "strengths", "languages", "load", "capacity"}),
    ],
)  # fmt: skip
def test_the_types_hold_nothing_protected(kind, fields):
    """Sex, age, origin and the like have no place to stand in, so they cannot be passed by mistake."""
    assert {field.name for field in dataclasses.fields(kind)} == fields
    with pytest.raises(TypeError):
        kind(sex="female")


@given(st.permutations(["female", "male", "old", "young", "Han", "Hui"]))
def test_protected_attributes_in_the_data_change_nothing(traits):
    """Whoever stands behind the ids: the same history brings the same proposal."""
    people = {f"s{i}": trait for i, trait in enumerate(traits)}
    candidates = [Candidate(one, ZH, kept=int(one[1:])) for one in people]
    assert [p.id for p in propose_staff(Need(ZH), candidates)] == [
        "s5",
        "s4",
        "s3",
        "s2",
        "s1",
        "s0",
    ]


@pytest.mark.parametrize(
    ("wish", "wanted", "found"),
    [
        ("还是想找李娜", True, {"li": True}), ("上次的李女士很好，希望还是她", True, {"li": True}),
        ("I'd like Ms Li again", True, {"li": True}), ("Please let Wang Lei call me", True, {"wang": True}),
        ("麻烦小王联系我", True, {"wang": True}), ("李娜", False, {"li": False}),
        ("不要再让王磊接待", True, {"wang": False}), ("anyone but Mr Wang", True, {"wang": False}),
        ("a linen pillow", True, {}), ("楼层高一点", True, {}), ("请李娜接待", True, {"li": True}),
        ("还是李娜吧，不要换人", True, {"li": True}), ("李娜接待就好", True, {"li": True}),
        ("Ms Li was lovely, I hope to see her again", True, {"li": True}),
        ("Please ask Ms Li to look after us", True, {"li": True}), ("Ms Li, please", True, {}),
        ("please not Li Na", True, {"li": False}), ("请不要安排李娜", True, {"li": False}),
        ("I don't want Ms Li", True, {"li": False}), ("除了王磊谁都行", True, {"wang": False}),
        ("I would prefer not Mr Wang", True, {"wang": False}), ("王磊不行", True, {"wang": False}),
    ],
)  # fmt: skip
def test_a_colleague_asked_for_by_name(wish, wanted, found):
    """In full, or by surname with a title, in both languages; or asked not to come."""
    assert asked_for([(wish, wanted)], NAMES) == found


@pytest.mark.parametrize(
    "words",
    [
        "请称呼：李女士", "叫我李女士就好", "我姓李，请称呼我李女士", "Please call them: Ms Li",
        "My name is Ms Li", "上次李经理把我的行李弄丢了", "李经理要我再付一次钱", "希望李经理道歉",
        "请转告李女士谢谢", "Ms Li lost my suitcase", "Thank Ms Li", "I'd like Ms Li to apologise",
        "Please do call me Ms Li again", "李女士",
    ],
)  # fmt: skip
def test_a_name_that_is_only_mentioned_asks_for_nobody(words):
    """How to address somebody, what happened, what is owed: none of it says whom they want."""
    assert asked_for([(words, True)], NAMES) == {}


def test_a_name_alone_asks_where_one_was_asked_whom_one_wants():
    """In a request, but neither with other words nor as a form of address."""
    for words in ("林女士", "Ms Lin please", "请林静"):
        assert asked_for([(words, True)], NAMES, bare=True) == {"lin": True}, words
    for words in ("林女士丢了我的伞", "call me Ms Lin"):
        assert asked_for([(words, True)], NAMES, bare=True) == {}, words


def test_a_surname_of_two_names_neither():
    """Better none than the wrong one."""
    assert asked_for([("请李女士接待", True)], {"a": ["李娜"], "b": ["李敏"]}) == {}
