"""The review: at most three remarks, on spans of the draft, and a direction without a number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.content.remarks import remark_kinds
from troth.guidance.draft.review import MOST, review
from troth.guidance.draft.talk import HouseTerm, Talk
from troth.people.known import Known, Person
from troth.reading.schema import CUSTOMER, Turn

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
PIECES = [
    "您好，", "非常抱歉。", "我们会尽快处理。", "请私信我们，", "您必须先付款。", "你的订单到了。", "呵呵，",
    "we will call you shortly. ", "So sorry! ", "you must wait, ", "Dear customer, ",
    "[time]", "\n", "👍", "ß",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["气死了！", "When?", ""]))
def test_remarks_are_few_and_stand_in_the_draft(pieces, asked):
    """Whatever is typed, there are at most three remarks, each on words of the draft, with a reason."""
    text = "".join(pieces)
    talk = Talk(said=(Turn(CUSTOMER, asked),), now=NOW)
    remarks = review(text, talk).remarks
    assert len(remarks) <= MOST
    for remark in remarks:
        assert 0 <= remark.start <= remark.end <= len(text)
        assert remark.why("zh")
        assert remark.why("en")
        assert remark.rewrite != text[remark.start : remark.end]


@given(st.text(max_size=200))
def test_any_text_can_be_reviewed(text):
    """Nothing typed breaks the review."""
    assert review(text).direction.way in {"up", "down", "unclear"}


def test_nothing_is_said_of_nothing():
    """An empty draft gets no remark and no direction."""
    told = review("  \n")
    assert not told.remarks
    assert told.direction.way == "unclear"


def test_a_promise_found_is_offered_with_its_time():
    """What is promised comes with its due time by the clock given."""
    (promise,) = review("我今天下午三点前回复您。", Talk(now=NOW)).promises
    assert promise["due"] == "2026-03-09T15:00:00+00:00"


def test_a_solution_moves_trust_up_and_blame_down():
    """The direction follows what the reply does."""
    angry = Talk(said=(Turn(CUSTOMER, "等了一个小时还没上菜！"),), now=NOW)
    good = review("很抱歉，厨房漏了您的单，已经重新做，十分钟内送到。", angry).direction
    bad = review("您自己没看清楚，能怪谁？", angry).direction
    assert (good.way, bad.way) == ("up", "down")
    assert "blame" in bad.harming


def test_the_writer_keeps_their_own_form_of_address():
    """Who writes 你 gets 你 back."""
    (remark,) = (r for r in review("你自己没看清楚规则。").remarks if r.kind == "blame")
    assert "您" not in (remark.rewrite or "")
    asks = review("你可以致电客服咨询。", Talk(said=(Turn(CUSTOMER, "订单没到"),))).remarks
    assert any("给你答复" in (r.rewrite or "") for r in asks)


def test_words_of_the_house_are_held_to():
    """The other language's word gets the agreed one; a word that needs it is explained."""
    talk = Talk(
        terms=(HouseTerm("行政酒廊", "Club Lounge", ""), HouseTerm("云卡", "Cloud Card", "会员卡"))
    )
    kinds = {r.kind: r for r in review("早餐在 Club Lounge，凭云卡进。", talk).remarks}
    assert kinds["house_term"].rewrite == "行政酒廊"
    assert kinds["house_jargon"].rewrite == "云卡（会员卡）"


def test_who_wished_for_it_is_named():
    """A remark on a wish says whose word it rests on."""
    person = Person((Known("form", "formal", "own_words", 1, "陈女士", 9),))
    (remark,) = review("你的房间好了。", Talk(person=person)).remarks
    assert "陈女士" in remark.why("zh")
    assert remark.rewrite == "您"


def test_every_kind_has_words_and_a_place():
    """No two kinds share a rank, but those of which only one can be."""
    ranks = [kind.rank for kind in remark_kinds().values()]
    assert len(set(ranks)) == len(ranks)


FORMAL = Talk(person=Person((Known("form", "formal", "own_words", 1, "Ms Chen", 9),)))


def mended(text, talk, kind):
    return next((r.applied(text) for r in review(text, talk).remarks if r.kind == kind), text)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("迷你吧都免费，你随意取用。", "迷你吧都免费，您随意取用。"),
        ("你先坐，迷你吧你随意用。", "您先坐，迷你吧您随意用。"),
        ("你们两位的房间好了，你来拿卡。", "你们两位的房间好了，您来拿卡。"),
        ("房间有迷你吧。", "房间有迷你吧。"),
        ("你等我电话。", "您等我电话。"),
        ("你我都明白，你放心。", "你我都明白，您放心。"),
        ("Hey, the yo-yo is at the desk.", "Hello, the yo-yo is at the desk."),
        ("The minibar is free. You may use it.", "The minibar is free. You may use it."),
        ("They said that you are welcome.", "They said that you are welcome."),
    ],
)
def test_only_forms_of_address_change(text, better):
    """Words that merely hold the same letters stay as they are, wherever they stand."""
    assert mended(text, FORMAL, "form_formal") == better


def test_mixed_address_leaves_compounds_alone():
    """A minibar beside 您 is no mixture; a real one is mended around it."""
    plain = "您的房间有迷你吧，您随意取用。"
    assert mended(plain, Talk(), "mixed_you") == plain
    assert mended("您好，迷你吧你随意用。", Talk(), "mixed_you") == "您好，迷你吧您随意用。"


def test_a_minibar_is_no_tone():
    """A draft that says 迷你吧 and no 您 is not answered with 你."""
    talk = Talk(said=(Turn(CUSTOMER, "迷你吧的钱多算了"),))
    rewrites = [r.rewrite or "" for r in review("迷你吧的事可以致电客服咨询。", talk).remarks]
    assert any("给您答复" in one for one in rewrites)


def test_a_first_name_takes_the_title_and_no_word_more():
    """The sentence after a stiff greeting stays whole."""
    talk = Talk(person=Person((Known("form", "first_name", "own_words", 1, "Al", 9),)))
    assert mended("Dear Sir or Madam Please wait.", talk, "form_first_name").endswith(
        "Please wait."
    )
    assert (
        mended("Dear Mr. O'Neil, hello.", talk, "form_first_name") == "Hello [first name], hello."
    )


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Why no refund?", "As per our policy, no refunds."),
        ("太差了，凭什么不退款？", "根据规定，特价房不退款。"),
    ],
)
def test_a_rule_alone_is_no_explanation(asked, text):
    """What is remarked on as a rule and nothing else does not count as a cause explained."""
    told = review(text, Talk(said=(Turn(CUSTOMER, asked),))).direction
    assert (told.way, told.helping) == ("down", ())
    assert "policy_alone" in told.harming
