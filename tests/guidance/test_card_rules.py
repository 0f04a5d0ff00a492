"""No two rules fire against each other, and every one of them can be reached."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guidance.card_facts import fact, facts, origins_of, together
from troth.content.card_facts import facts_known
from troth.content.cards import rules
from troth.guidance.card import MOST, MOST_A_PART, brought_up, card_of, precedence
from troth.guidance.facts import Facts

#: Wordings of a part that take a side, by lever and value: a rule that says so must set it so, or another
#: one could say the opposite beside it.
SIDES = {
    (
        "pace",
        "quick",
    ): r"三句话以内|十秒之内|马上应一声|within three sentences|ten seconds|Answer at once",
    (
        "pace",
        "steady",
    ): r"慢半拍|留出想的时间|速度放慢|说一句停一停|Half a beat slower|time to think",
    (
        "detail",
        "short",
    ): r"一屏|一句话的答复|只讲这一步|one screen|one clear sentence|only what this step",
    (
        "detail",
        "full",
    ): r"讲全：|一次给全|每句话都带凭据|in full:|all at once, with where|Back every",
    (
        "focus",
        "task",
    ): r"先事后人|不问私事|闲话留到|Business first|nothing personal|chat for afterwards",
    ("focus", "person"): r"先人后事|第一句先问人|People first|about them, and",
    ("order", "remedy_first"): r"直接给补救|这一步给补救|Go straight to the remedy|Now the remedy",
    (
        "order",
        "feeling_first",
    ): r"再提补偿|先听、再认|把失望说完|before any compensation|hear it, own it",
    ("apology", "once"): r"对不起|I am sorry",
    ("apology", "no_more"): r"别道第三次歉|开口先报进展|No third apology|Open with progress",
    ("contact", "more"): r"按点报一声|早一步|每天照点|Report on time|a step early|set hours",
    ("contact", "less"): r"一次就停|有事才联系|once and stop|only when there is",
    ("smile", "warm"): r"先笑着|带着笑|smile and a nod|Smile as you speak",
    ("smile", "plain"): r"，不笑；|不说俏皮话|少些热闹|no smile|No jokes|Less cheer",
    ("form", "formal"): r"姓加尊称|Surname and title|surname and title",
    ("form", "first_name"): r"直接叫名字，当面和写信都一样|the name they asked for",
    ("lead", "ask"): r"多问多听|Ask and listen",
    ("lead", "propose"): r"带着一个办法|Come with one proposal",
    ("medium", "message"): r"不突然打电话|rather than ring\.",
    ("medium", "phone"): r"^打电话说清|^Ring and talk",
    ("calls", "spared"): r"对方请我们别打电话|asked not to be rung[:;,]|rather than ring",
    (
        "calls",
        "welcome",
    ): r"打电话说清|打过去合适|打电话告诉|Ring and talk|may I ring|and ring with",
    ("medium", "email"): r"^写邮件|^Send a mail",
    ("medium", "in_person"): r"^约当面谈|^Meet in person",
}


def disagreeing(first, second):
    """Levers that two rules set differently."""
    return [k for k, v in first.sets.items() if second.sets.get(k, v) != v]


def test_where_two_rules_can_meet_one_of_them_counts_more() -> None:
    """Every pair, said by whomever: equal levers, or an order that is no mere place in a file."""
    met = 0
    for first, second in combinations(rules(), 2):
        whole = together(first, second)
        if whole is None or not disagreeing(first, second):
            continue
        for origins in origins_of(whole):
            met += 1
            lines = brought_up(facts(origins=origins, **whole), (first, second))
            assert len(lines) == 2
            ranks = [precedence(line)[:3] for line in lines]
            assert ranks[0] != ranks[1], (first.name, second.name, origins)
    assert met > 50


def test_two_rules_of_equal_standing_are_caught() -> None:
    """The law above bites: the same facts of one weight, with opposite levers."""
    one = next(rule for rule in rules() if rule.name == "understanding_hear_out")
    other = type(one)(**{
        **{name: getattr(one, name) for name in one.__slots__},
        "name": "opposite", "sets": {"pace": "quick"},
    })  # fmt: skip
    lines = brought_up(facts(stage="understanding"), (one, other))
    assert precedence(lines[0])[:3] == precedence(lines[1])[:3]
    assert disagreeing(one, other) == ["pace"]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_what_takes_a_side_in_words_sets_the_lever(rule) -> None:
    """So that the opposite never stands beside it."""
    for (lever, value), wording in SIDES.items():
        if any(re.search(wording, text) for text in rule.advise.values()):
            assert rule.sets.get(lever) == value, (lever, value)


def test_every_side_is_taken_by_some_wording() -> None:
    """In both languages, or the list above would guard nothing."""
    for (lever, value), wording in SIDES.items():
        ours = [rule for rule in rules() if rule.sets.get(lever) == value]
        for lang in ("zh", "en"):
            assert any(re.search(wording, rule.advise[lang]) for rule in ours), (lever, value, lang)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_every_rule_can_be_reached(rule) -> None:
    """By its own facts and no more."""
    card = card_of(facts(**rule.when))
    assert rule in [line.rule for line in card.lines]


def test_there_are_enough_of_them() -> None:
    """And most of them advise rather than warn."""
    assert len(rules()) >= 120
    assert sum(rule.part == "avoid" for rule in rules()) * 2 < len(rules())


def _facts() -> st.SearchStrategy[Facts]:
    """Any set of facts that can hold at once."""

    def one(name: str) -> st.SearchStrategy:
        asked = facts_known()[name]
        values = st.sampled_from(asked.values) if asked.values else st.just(True)
        values = st.integers(1, 4) if asked.counted else values
        origin = st.sampled_from(asked.origins or ("",))
        single = st.builds(lambda value, by: fact(name, value, by), values, origin)
        return st.lists(single, max_size=3 if asked.many else 1)

    every = st.tuples(*(one(name) for name in facts_known()))
    return every.map(lambda parts: Facts([held for part in parts for held in part]))


@given(_facts())
def test_the_lines_of_a_card_never_disagree(held) -> None:
    """However much holds at once; and a card stays short enough for a glance."""
    card = card_of(held)
    assert len(card.lines) <= MOST
    for first, second in combinations([line.rule for line in card.lines], 2):
        assert not disagreeing(first, second)
    parts = [line.rule.part for line in card.lines]
    assert all(parts.count(part) <= MOST_A_PART for part in parts)


@given(_facts())
def test_what_was_left_out_gave_way_to_something(held) -> None:
    """Of all that was brought up, a line is missing only for want of room, or before one that counts more."""
    everything = card_of(held, most=10**6)
    kept = {line.rule.name: line for line in everything.lines}
    for line in brought_up(held):
        rests = line.rank == "stage" and "stage" in line.rule.when and held.meets("repair", True)
        if line.rule.name in kept or rests:
            continue
        same = [k for k in kept.values() if k.rule.part == line.rule.part]
        before = [k for k in brought_up(held) if precedence(k) < precedence(line)]
        against = [k for k in before if disagreeing(k.rule, line.rule)]
        assert against or len(same) == MOST_A_PART
