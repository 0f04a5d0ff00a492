"""No rule advises denial, pressure or flattery: by words, and by our own reader."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from troth.content.cards import rules
from troth.content.never_said import never_said
from troth.guidance.protected import traits_in
from troth.reading.reader import Reader

#: What nobody is to be advised to say or do, by language.
WRONG = {
    "denial": {
        "zh": r"否认|撇清|与我们无关|不关我们|推给|装作|当没发生|不承认|瞒|淡化|含糊带过|找借口",
        "en": r"\bdeny\b|not our fault|nothing to do with us|play (?:it )?down|cover (?:it )?up|pretend|"
              r"blame (?:the|it|them)|hush|\bhide\b|gloss over|make an excuse",
    },
    "pressure": {
        "zh": r"名额|定下来才有|限时|仅剩|最后一天|赶紧下单|抓紧|催对方|逼|不然就|否则就|错过(?:就|没有)|"
              r"趁热打铁|顺势推销|今天(?:就)?(?:定|买|付)",
        "en": r"\bhurry\b|few places|places left|today only|only today|decide (?:now|today)|last chance|"
              r"only \w+ left|limited time|act now|before it is too late|"
              r"push them|or else|while they are (?:happy|weak)|close the (?:deal|sale)|upsell",
    },
    "flattery": {
        "zh": r"最尊贵|贵宾|您真有眼光|夸对方|奉承|恭维|您最懂|像您这样(?:尊贵|优秀|有品位)|捧",
        "en": r"most valued|flatter|compliment them|you have (?:such )?(?:great|excellent) taste|"
              r"someone as \w+ as you|butter|praise them",
    },
    "concealment": {
        "zh": r"先别提|别提|不要提|别告诉|不告诉|不要说出|绕开|岔开|(?:尽量|先)不说|保密",
        "en": r"(?:do not|don't|never) (?:mention|tell (?:them|him|her) (?:of|about|that))|"
              r"unless (?:they|he|she) asks?|(?:leave|keep) \w+ (?:out|quiet)|keep quiet|change the subject|"
              r"talk around|small print",
    },
    "guilt": {
        "zh": r"扣(?:我|您|他|她|你)?的?(?:工资|钱|奖金)|丢(?:了)?(?:工作|饭碗)|罚款|考核|求(?:您|对方|客人)|"
              r"可怜|替(?:我|我们)想想|体谅一下我们",
        "en": r"\b(?:docked|fined|fired|lose (?:my|our|their|your) job|in trouble)\b|feel sorry|"
              r"beg them|guilt",
    },
    "bought praise": {
        "zh": r"(?:删|撤|改)(?:掉|了)?(?:差评|评价)|好评(?:返|送|有礼|换|再)|(?:给|打)(?:个)?(?:好评|五星)",
        "en": r"(?:remove|delete|change|take down|withdraw) (?:the|their|a|his|her|your) (?:\w+ )?review|"
              r"(?:five|5)[- ]stars?|in (?:exchange|return) for",
    },
}  # fmt: skip
#: Acts of staff that hurt trust, none of which may stand in a sentence that a card offers to say.
HARMFUL = {"blame", "evasion", "dismissal", "order", "over_promise", "canned"}
QUOTED = re.compile("“([^”]+)”")
READER = Reader.installed()


def wrong_in(rule) -> list[str]:
    """Which sorts of wrong advice a rule's words give, in either language.

    What no reply says is no advice either; and nobody is advised by what somebody is like from where they
    come, how old they are or whether they are a man or a woman.
    """
    never = {sort: by_lang for sort, by_lang in never_said().kinds.items() if sort != "asks_secret"}
    found = [
        sort
        for sort, by_lang in [*WRONG.items(), *never.items()]
        if any(
            re.search(by_lang[lang], rule.advise[lang].lower(), re.IGNORECASE)
            if isinstance(by_lang[lang], str)
            else by_lang[lang].search(rule.advise[lang].lower())
            for lang in by_lang
        )
    ]
    if rule.part == "language":  # by their own word alone, which the facts see to
        return found
    return [*found, *(trait.key for text in rule.advise.values() for trait in traits_in(text))]


def harm_in(rule) -> list[tuple[str, str]]:
    """Harmful acts that the reader finds in the sentences a rule offers to say."""
    said = [text for advice in rule.advise.values() for text in QUOTED.findall(advice)]
    return [
        (act.act, text)
        for text in said
        for act in READER.read_message(text, "staff", None).acts
        if act.act in HARMFUL
    ]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_no_rule_advises_denial_pressure_or_flattery(rule) -> None:
    """Neither in what it says to do nor in what it offers to say."""
    assert wrong_in(rule) == []
    assert harm_in(rule) == []


def test_many_rules_offer_a_sentence_to_say() -> None:
    """So that the reader has something to read, in both languages."""
    for lang in ("zh", "en"):
        assert sum(bool(QUOTED.search(rule.advise[lang])) for rule in rules()) >= 40


@pytest.mark.parametrize(
    ("sort", "zh", "en"),
    [
        ("denial", "先撇清责任，说与我们无关。", "Say that it has nothing to do with us."),
        ("denial", "轻轻带过，淡化影响。", "Play it down and move on."),
        ("pressure", "告诉对方限时优惠，错过没有。", "Tell them it is their last chance."),
        ("pressure", "趁热打铁，顺势推销升级。", "Close the sale while they are happy."),
        ("flattery", "夸对方有品位：“您真有眼光。”", "Compliment them: “You have great taste.”"),
        ("flattery", "称“最尊贵的客人”。", "Call them our most valued guest."),
        ("pressure", "名额不多，今天定下来才有。", "There are few places left; decide today."),
        (
            "concealment",
            "涨价的事先别提，等对方问了再说。",
            "Do not mention the rise unless they ask.",
        ),
        ("guilt", "说您会因此被扣工资，请对方别投诉。", "Say that you will be docked for it."),
        (
            "bought praise",
            "请对方删掉差评，再给补偿。",
            "Ask them to remove the review in return for a gift.",
        ),
        (
            "contempt",
            "告诉对方你们这种人难伺候。",
            "Tell them that people like you are hard to please.",
        ),
        ("sex", "女客人多半心软，多哄几句。", "Women give in easily; coax them."),
        ("nationality", "北方客人爽快，直接报价。", "With a countryman, quote at once."),
        ("age", "年纪大的客人，说话大声慢一点。", "With older guests, speak loudly and slowly."),
    ],
)
def test_planted_rules_are_caught(sort, zh, en) -> None:
    """In either language by itself."""
    good = next(rule for rule in rules() if wrong_in(rule) == [])
    for lang, text in (("zh", zh), ("en", en)):
        assert sort in wrong_in(replace(good, advise={**good.advise, lang: text}))


@pytest.mark.parametrize(
    ("act", "lang", "text"),
    [
        ("evasion", "zh", "说：“这不归我们管，您去找厂家。”"),
        ("blame", "zh", "告诉对方：“是您自己没看清楚。”"),
        ("order", "zh", "回一句：“你必须先填表。”"),
        ("over_promise", "en", "Say: “I guarantee it will never happen again.”"),
        ("evasion", "en", "Say: “That's not our responsibility.”"),
        ("blame", "en", "Say: “You should have read the terms.”"),
    ],
)
def test_planted_sentences_are_caught(act, lang, text) -> None:
    """By the reader, where the list of words knows nothing of them."""
    planted = replace(rules()[0], advise={**rules()[0].advise, lang: text})
    assert act in {found for found, _ in harm_in(planted)}


def test_what_is_warned_of_is_mostly_what_the_reader_knows_as_harm() -> None:
    """What not to say is seldom advised elsewhere: no rule offers another one's warning."""
    warned = {text for rule in rules() if rule.avoid for text in rule.avoid.values()}
    bare = {mark.strip("“”!！。.") for mark in warned}
    for rule in rules():
        for advice in rule.advise.values():
            offered = {text.strip("!！。.") for text in QUOTED.findall(advice)}
            assert not offered & bare, rule.name
