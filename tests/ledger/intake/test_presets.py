"""The mappings that ship: review sheets and a hotel's arrivals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ledger.intake.conftest import HOUSE, briefly, events_of, opened, refused
from troth.content.presets import presets
from troth.content.yaml_files import ContentError
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.mapping import FIELDS, fitted

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.key)
def test_a_preset_names_fields_that_there_are(preset) -> None:
    """And each of its names for a column leads to it."""
    assert set(preset.columns) <= set(FIELDS)
    assert fitted(preset, []).wrong() == ""
    for field, aliases in preset.columns.items():
        assert len(set(aliases)) == len(aliases)
        for alias in aliases:
            assert fitted(preset, [alias]).columns.values(), (field, alias)


@pytest.mark.parametrize(
    ("preset", "header", "cells"),
    [
        ("ctrip_reviews", "点评时间,用户昵称,评分,点评内容", "2026-03-05 14:02,小李,4,干净"),
        (
            "ctrip_reviews",
            "Review Date,Guest Name,Overall Rating,Comment",
            "2026-03-05 14:02,小李,4,干净",
        ),
        ("meituan_reviews", "评价时间,用户昵称,星级,评价内容", "2026-03-05 14:02,小李,4星,干净"),
        ("taobao_reviews", "评价时间,买家昵称,评分,评价内容", "2026-03-05 14:02,小李,4,干净"),
        (
            "taobao_reviews",
            "Review Time,Buyer Name,Stars,Review",
            "2026-03-05 14:02,小李,★★★★,干净",
        ),
    ],
)
def test_reviews_concern_the_house(preset: str, header: str, cells: str) -> None:
    """Under the platform's namespace, in Chinese and English."""
    sheet = opened("r.csv", f"{header}\n{cells}\n", preset=preset)
    names = ("truster", "trustee", "kind", "outcome", "text", "source", "t_us")
    assert briefly(sheet, *names) == [
        (f"{preset}:小李", HOUSE, "review", 0.75, "干净", preset, 1772690520000000)
    ]
    assert sheet.people[HOUSE].kind == "organisation"


@pytest.mark.parametrize(("said", "outcome"), [("好评", 1.0), ("中评", 0.5), ("差评", 0.0)])
def test_good_middling_bad(said: str, outcome: float) -> None:
    """As shop platforms rate."""
    table = f"买家昵称,评价结果,评价时间,评价内容\n小李,{said},2026-03-05,x\n"
    assert briefly(opened("r.csv", table, preset="taobao_reviews"), "outcome") == [(outcome,)]


def test_replies_and_later_words_are_messages_of_their_own_time() -> None:
    """A reply without a time is refused, and the review stays."""
    header = "评价ID,买家昵称,评分,评价时间,评价内容,掌柜回复,回复时间,追评内容,追评时间\n"
    rows = (
        "1,小李,2,2026-03-05,坏了,已补发,2026-03-06 09:00,收到了,2026-03-08\n"
        "2,小王,5,2026-03-05,好,谢谢,,,\n"
    )
    sheet = opened("r.csv", header + rows, preset="taobao_reviews")
    assert briefly(sheet, "event_id", "kind", "speaker", "ref") == [
        ("taobao_reviews:1", "review", "customer", None),
        ("taobao_reviews:2", "review", "customer", None),
        ("taobao_reviews:1:reply", "message", "staff", "taobao_reviews:1"),
        ("taobao_reviews:1:more", "message", "customer", "taobao_reviews:1"),
    ]
    assert [(row, column) for row, column, _ in refused(sheet)] == [(3, "掌柜回复")]


def test_a_reply_that_came_later_adds_only_itself() -> None:
    """The review without an id of its own stays the same event."""
    header = "买家昵称,评分,评价时间,评价内容,掌柜回复,回复时间\n"
    before = opened("r.csv", header + "小李,2,2026-03-05,坏了,,\n", preset="taobao_reviews")
    after = opened(
        "r.csv", header + "小李,2,2026-03-05,坏了,抱歉,2026-03-06\n", preset="taobao_reviews"
    )
    assert events_of(before)[0]["event_id"] == events_of(after)[0]["event_id"]


ARRIVALS = "客人姓名,到店日期,房号,手机号,状态,特殊要求\n"


def test_arrivals_returns_and_wishes() -> None:
    """By date, whatever the order of rows; two rooms of one day are one visit."""
    rows = (
        "王芳,2026-05-01,801,138,离店,无\n"
        "王芳,2026-03-05,802,138,离店,高楼层；无烟房\n"
        "王芳,2026-03-05,803,138,离店,\n"
        "王芳,2026-06-01,804,139,在住,\n"
        "李强,2026-04-01,,,已取消,\n"
    )
    sheet = opened("a.csv", ARRIVALS + rows, preset="hotel_arrivals")
    kinds = sorted((e["t_us"], e["kind"]) for e in events_of(sheet))
    assert [kind for _, kind in kinds] == [
        "contact",
        "contact",
        "cancellation",
        "return",
        "contact",
    ]
    assert len({e["truster"] for e in events_of(sheet) if "王芳" in e["truster"]}) == 2
    assert "138" not in "".join(sheet.people)
    assert [(w.what, w.at) for w in sheet.wishes] == [
        ("高楼层", 1772640000000000),
        ("无烟房", 1772640000000000),
    ]
    assert {w.source for w in sheet.wishes} <= {e["event_id"] for e in events_of(sheet)}
    assert all(w.party in sheet.people for w in sheet.wishes)


def test_a_count_of_visits_tells_a_return() -> None:
    """Where the sheet has one."""
    table = "Guest Name,Arrival Date,Stays\nMary Stone,2026-03-05,3\nDan Hart,2026-03-05,1\n"
    kinds = briefly(opened("a.csv", table, preset="hotel_arrivals"), "truster", "kind")
    assert sorted(kinds) == [
        ("hotel_arrivals:Dan Hart", "contact"),
        ("hotel_arrivals:Mary Stone", "return"),
    ]


def test_who_has_yet_to_arrive_is_refused() -> None:
    """An arrival to come is no event."""
    sheet = opened("a.csv", "客人姓名,到店日期\n王芳,2028-01-01\n", preset="hotel_arrivals")
    assert refused(sheet)[0][:2] == (2, "at")


def test_a_preset_for_another_sheet_says_what_it_lacks() -> None:
    """And a preset that there is not says which there are."""
    with pytest.raises(
        UnreadableError, match="no column is named for at, truster; those of the file"
    ):
        opened("a.csv", "a,b\n1,2\n", preset="ctrip_reviews")
    with pytest.raises(UnreadableError, match="no preset fax; there are any, ctrip_reviews"):
        opened("a.csv", "a,b\n1,2\n", preset="fax")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("columns: {}", "name"),
        ("name: {zh: 一, en: one}\ncolour: red", "colour"),
        ("name: {zh: 一, en: one}\ncolumns: {at: [yes]}", "columns.at"),
        ("name: {zh: 一, en: one}\nvalues: {outcome: {1: 2}}", "values.outcome"),
        ("name: {zh: 一, en: one}\nscale: [1, 1]", "scale"),
        ("name: {zh: 一, en: one}\nconstants: [a]", "constants"),
    ],
)
def test_a_preset_with_a_slip_is_named(tmp_path: Path, text: str, field: str) -> None:
    """With its field."""
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=rf"^x\.yaml: {field}"):
        presets(tmp_path)
