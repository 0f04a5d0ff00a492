"""Messages read as installed: what is said, how it is meant, and what is left open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from troth.reading.message import BATCH, read_messages

AT = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)


def read(text, speaker="customer"):
    return read_messages([text], [speaker], [AT])[0]


def names(reading):
    return {act.act for act in reading.acts}


@pytest.mark.parametrize(
    "text",
    [
        "服务很好,非常满意", "太棒了,下次还会来", "房间干净,前台很热情", "Staff were lovely and so helpful",
        "Not bad at all, really pleased", "❤️❤️", "虽然位置有点偏,但是房间非常舒服",
    ],
)  # fmt: skip
def test_pleasant_messages_are_pleasant(text):
    """Praise, pleasant words and emoji read above zero, denied faults too."""
    assert read(text).sentiment > 0.1


@pytest.mark.parametrize(
    "text",
    [
        "太差了,再也不来了", "房间又脏又吵", "一点都不满意", "The room was filthy and the desk was rude",
        "I am not happy with this", "位置不错,但是服务非常差",
        "The view was nice but the room was disgusting", "😡",
    ],
)  # fmt: skip
def test_unpleasant_messages_are_unpleasant(text):
    """Complaints, denied praise and what comes after a "but" read below zero."""
    assert read(text).sentiment < -0.1


@pytest.mark.parametrize("text", ["房间在三楼", "It is on the third floor", "12345", ""])
def test_sentiment_is_left_open_where_nothing_tells_it(text):
    """No cue means no figure, and the reading says that it is unsure."""
    reading = read(text)
    assert reading.sentiment is None
    assert "sentiment" in reading.unsure


def test_sentiment_is_left_open_where_words_hold_each_other():
    """As much pleasant as unpleasant is no figure."""
    reading = read("早餐很好吃。房间很脏。")
    assert reading.sentiment is None
    assert "sentiment" in reading.unsure


@pytest.mark.parametrize(
    "text", ["Das Zimmer ist sehr schmutzig, danke", "部屋がとても汚いです", "Спасибо"]
)
def test_other_languages_are_named_and_left_alone(text):
    """A language that is not read is said to be other, and nothing else is claimed."""
    reading = read(text)
    assert reading.language == "other"
    assert reading.sentiment is None
    assert reading.politeness is None
    assert not reading.acts
    assert not reading.emotions
    assert {"sentiment", "politeness", "emotions", "empathy", "acts"} == set(reading.unsure)


@pytest.mark.parametrize(
    "text",
    [
        "呵呵,真是太感谢你们了", "真是谢谢你们啊,让我等了三个小时", "谢谢🙄", "Thanks for nothing",
        "Great job /s", "你们服务真好,气死我了",
    ],
)  # fmt: skip
def test_ironic_thanks_and_praise_are_not_read(text):
    """Kind words beside a marker of irony or a harsh word in one sentence are no kindness."""
    reading = read(text)
    assert not names(reading) & {"thanks", "praise"}
    assert reading.sentiment is None or reading.sentiment < 0


@pytest.mark.parametrize(
    "text",
    ["谢谢你,但是房间太吵了", "空调坏了,麻烦派人来修,谢谢", "房间很脏。谢谢你们马上换了房",
     "Thanks, but the room is noisy"],
)  # fmt: skip
def test_thanks_beside_a_complaint_stay_thanks(text):
    """After a "but", in a sentence of their own or as a closing courtesy, thanks are meant."""
    assert "thanks" in names(read(text))


def test_irony_is_not_looked_for_in_staff():
    """Staff who thank for a complaint mean it."""
    assert "thanks" in names(read("感谢您反映房间太脏的问题", "staff"))


def test_politeness_follows_its_markers():
    """Polite, plain and rude messages stand in that order, on 0–4."""
    polite, plain, rude = (
        read(text).politeness
        for text in ("您好,麻烦您帮我看一下,非常感谢", "你好,发票开好了吗", "闭嘴吧你们这群白痴")
    )
    assert 4 >= polite > plain > 2 > rude >= 0
    assert read("房间在三楼").politeness is None


def test_feelings_come_from_what_customers_do():
    """Anger, thanks and worry show the feeling they tell of."""
    assert read("气死我了").emotions["anger"] > 0.5
    assert read("非常感谢").emotions["gratitude"] > 0.5
    assert read("我很担心钱退不回来").emotions["anxiety"] > 0.3
    assert read("房间在三楼").emotions == {}


def test_empathy_has_levels_and_the_words_that_show_it():
    """Understanding and asking show on their axes; a customer shows none."""
    text = "I completely understand how frustrating this is. Could you tell me more?"
    reading = read(text, "staff")
    assert reading.empathy["interpretation"]["level"] == 2
    assert reading.empathy["exploration"]["level"] > 0
    for axis in reading.empathy.values():
        assert all(text[start:end].strip() for start, end in axis["spans"])
    assert not any(axis["level"] for axis in read(text, "customer").empathy.values())


def test_quoted_empathy_is_not_shown():
    """What somebody else is said to have said is not our warmth."""
    plain, quoted = (
        read(text, "staff").empathy["emotional_reaction"]["level"]
        for text in ("非常抱歉让您受委屈了", "系统里写的是“让您受委屈了”")
    )
    assert plain > 0
    assert quoted == 0


def test_promises_and_preferences_are_drafted_for_their_side():
    """Staff promise and customers prefer; neither is drafted for the other."""
    said = "我今天下午三点前回复您"
    promise = read(said, "staff").promises[0]
    assert promise["due"] == "2026-06-03T15:00:00+00:00"
    assert read(said, "customer").promises == []
    wish = "我不要高楼层的房间"
    assert read(wish, "customer").preferences[0]["wanted"] is False
    assert read(wish, "staff").preferences == []


def test_more_messages_than_a_batch_are_read_in_order():
    """The seam between batches shows nowhere."""
    texts = ["谢谢", "room 3"] * BATCH
    readings = read_messages(texts, [None] * len(texts), [None] * len(texts))
    assert [r.language for r in readings] == ["zh", "en"] * BATCH


def test_a_very_long_message_is_read():
    """A megabyte in one message is read, its spans inside it."""
    text = "not happy, 房间很脏。" * 60_000
    reading = read(text)
    assert reading.sentiment < 0
    assert all(text[a.start : a.end] == a.text for a in reading.acts)
