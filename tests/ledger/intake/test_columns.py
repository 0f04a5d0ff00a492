"""Anybody's table, by a mapping of its columns."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.ledger.intake.conftest import HOUSE, briefly, choice, events_of, opened, refused
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.mapping import HOUSE as THE_HOUSE
from troth.ledger.intake.mapping import Mapping, as_dict, guess, preview, suggest
from troth.ledger.intake.ratings import outcome_of

MAPPING = Mapping(
    columns={
        "at": "When",
        "truster": "Client",
        "trustee": "Agent",
        "outcome": "Stars",
        "text": "Words",
    },
    constants={"kind": "review", "source": "crm"},
    values={"outcome": {"super": "1"}},
    scale=(1, 5),
)
TABLE = "When,Client,Agent,Stars,Words\n2026-03-05 14:02,Mary,Li,4,fine\n2026/3/6,Mary,Li,super,\n"


def test_a_table_by_its_mapping() -> None:
    """Ratings become outcomes, words values, times without a zone those of the house."""
    sheet = opened("t.csv", TABLE, mapping=MAPPING)
    names = ("truster", "trustee", "kind", "outcome", "text", "t_us")
    assert briefly(sheet, *names) == [
        ("crm:Mary", "crm:Li", "review", 0.75, "fine", 1772690520000000),
        ("crm:Mary", "crm:Li", "review", 1.0, None, 1772726400000000),
    ]
    assert sheet.people["crm:Li"].kind == "staff"


def test_every_kind_of_table_gives_the_same() -> None:
    """CSV, JSON lines, Parquet."""
    rows = [line.split(",") for line in TABLE.splitlines()]
    table = pa.table({name: [row[i] or None for row in rows[1:]] for i, name in enumerate(rows[0])})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    lines = "\n".join(
        "{" + ",".join(f'"{n}":"{c}"' for n, c in zip(rows[0], row, strict=True) if c) + "}"
        for row in rows[1:]
    )
    wanted = events_of(opened("t.csv", TABLE, mapping=MAPPING))
    assert events_of(opened("t.jsonl", lines, mapping=MAPPING)) == wanted
    assert events_of(opened("t.parquet", sink.getvalue(), mapping=MAPPING)) == wanted


def test_identical_rows_are_counted() -> None:
    """Two of the same are two, in a file of any name and order of columns."""
    twice = TABLE + "2026-03-05 14:02,Mary,Li,4,fine\n"
    ids = {i for (i,) in briefly(opened("a.csv", twice, mapping=MAPPING), "event_id")}
    assert len(ids) == 3
    turned = "Words,When,Client,Agent,Stars,Note\nfine,2026-03-05 14:02,Mary,Li,4,x\n"
    assert {i for (i,) in briefly(opened("b.csv", turned, mapping=MAPPING), "event_id")} < ids


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2026-03-05,,Li,4,x", "Client", "is missing"),
        ("2026-03-05,匿名用户,Li,4,x", "Client", "is anonymous"),
        ("2026-03-05,***,Li,4,x", "Client", "is anonymous"),
        ("2026-03-05,Mary,,4,x", "Agent", "is missing"),
        (",Mary,Li,4,x", "When", "is missing"),
        ("05/03/2026,Mary,Li,4,x", "When", "could be day or month first"),
        ("soon,Mary,Li,4,x", "When", "no time that we can read: soon"),
        ("2026-03-05,Mary,Li,6,x", "Stars", "is no rating from 1 to 5: 6"),
        ("2026-03-05,Mary,Li,nice,x", "Stars", "is no rating"),
        ("2026-03-05,Mary,Li,,x", "outcome", "must bring its own outcome"),
        ("2026-03-05,Mary,Mary,4,x", "trustee", "is the truster too"),
        ("2027-03-05,Mary,Li,4,x", "at", "lies in the future"),
        ("2026-03-05,Mary", "", "the row has 2 cells, the header 5"),
    ],
)
def test_a_bad_row_is_refused_by_the_name_of_their_column(
    row: str, column: str, reason: str
) -> None:
    """Rows are counted as a spreadsheet counts them; the others are taken in."""
    sheet = opened("t.csv", TABLE + row + "\n", mapping=MAPPING)
    ((number, at_fault, why),) = refused(sheet)
    assert (number, at_fault) == (4, column)
    assert reason in why
    assert len(events_of(sheet)) == 2


def test_blank_lines_before_the_header_are_counted() -> None:
    """As a spreadsheet does."""
    sheet = opened("t.csv", "\n\n" + TABLE + "soon,Mary,Li,4,x\n", mapping=MAPPING)
    assert [row for row, _, _ in refused(sheet)] == [6]
    assert len(events_of(sheet)) == 2


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        (
            Mapping({"at": "Nope"}, {"truster": "a", "trustee": "b", "kind": "c"}),
            "has no column Nope",
        ),
        (Mapping({"at": "When", "truster": "Client"}), "no column is named for trustee, kind"),
        (Mapping({"colour": "When"}), "the mapping is wrong: colour"),
        (Mapping({"at": "When"}, scale=(3, 3)), "the mapping is wrong: scale"),
        (None, "needs to be told what its columns mean; they are Agent, Client"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(mapping: Mapping | None, reason: str) -> None:
    """Before any row is read."""
    with pytest.raises(UnreadableError, match=reason):
        opened("t.csv", TABLE, mapping=mapping)


def test_ids_that_have_a_namespace_keep_it() -> None:
    """And so do event ids of the table itself."""
    mapping = Mapping(
        {"event_id": "no", "at": "When", "truster": "Client"},
        {"trustee": THE_HOUSE, "kind": "contact"},
    )
    sheet = opened("t.csv", "no,When,Client\n7,2026-03-05,guest:12\n", mapping=mapping)
    assert briefly(sheet, "event_id", "truster", "trustee") == [("7", "guest:12", HOUSE)]


def test_speakers_come_by_values_or_are_refused() -> None:
    """Nobody is taken for a customer by default once there is a column."""
    mapping = Mapping(
        {"at": "t", "truster": "c", "trustee": "a", "speaker": "who", "text": "words"},
        {"kind": "message"},
        {"speaker": {"客服": "staff", "客户": "customer"}},
    )
    table = "t,c,a,who,words\n2026-03-05,王芳,李娜,客服,您好\n2026-03-05,王芳,李娜,机器人,您好\n"
    sheet = opened("t.csv", table, mapping=mapping)
    assert briefly(sheet, "speaker") == [("staff",)]
    assert refused(sheet) == [(3, "who", "is not known to be a customer or staff: 机器人")]


@pytest.mark.parametrize(
    ("columns", "found", "kind"),
    [
        (
            ["用户昵称", "评分", "评价时间", "评价内容"],
            {"truster": "用户昵称", "outcome": "评分", "at": "评价时间", "text": "评价内容"},
            "review",
        ),
        (
            ["Customer Name", "Created At", "Message", "Agent Name"],
            {
                "truster": "Customer Name",
                "at": "Created At",
                "text": "Message",
                "trustee": "Agent Name",
            },
            "message",
        ),
    ],
)
def test_columns_are_guessed_by_their_names(columns: list[str], found: dict, kind: str) -> None:
    """In both languages; where no column names staff, the house is the trustee."""
    mapping = guess(columns)
    assert mapping.columns == found
    assert mapping.constants["kind"] == kind
    assert ("trustee" in found) == (mapping.constants.get("trustee") != THE_HOUSE)
    assert mapping.lacks() == []
    assert guess(["x"]).lacks() == ["at", "truster"]
    assert set(as_dict(mapping)) == {"columns", "constants", "values", "scale"}


def test_a_preview_shows_what_each_row_becomes() -> None:
    """With the very reasons that the file would meet, and nothing beyond the first rows."""
    table = "用户昵称,评分,评价时间\n小李,4,2026-03-05\n小王,9,2026-03-06\n老赵,3,2027-03-06\n"
    shown = preview("t.csv", table.encode(), most=3, choice=choice(lang="zh"))
    assert shown.columns == ["用户昵称", "评分", "评价时间"]
    assert shown.numbers == [2, 3, 4]
    assert shown.rows[0] == {"用户昵称": "小李", "评分": "4", "评价时间": "2026-03-05"}
    assert shown.records[2][0]["outcome"] == 0.75
    assert shown.refused[3] == [("评分", "不是 1 到 5 之间的评分：9")]
    assert shown.refused[4][0][0] == "at"
    assert len(preview("t.csv", table.encode(), most=1).rows) == 1
    assert preview("t.csv", b"a,b\n1,2\n").lacks == ["at", "truster"]


def test_a_preset_is_suggested() -> None:
    """The one that knows the table's telling columns."""
    assert suggest(["点评时间", "用户昵称", "评分", "点评内容"])[0] == "ctrip_reviews"
    assert suggest(["买家昵称", "评价结果", "评价时间", "宝贝标题"])[0] == "taobao_reviews"
    assert suggest(["客人姓名", "到店日期", "房号"])[0] == "hotel_arrivals"
    assert suggest(["when", "who"]) == []


@pytest.mark.parametrize(
    ("cell", "scale", "outcome"),
    [
        ("5", (1, 5), 1.0), ("1分", (1, 5), 0.0), ("３", (1, 5), 0.5), ("4/5", (1, 5), 0.75),
        ("★★★★★", (1, 5), 1.0), ("⭐⭐", (1, 5), 0.25), ("4 stars", (1, 5), 0.75), ("2", (5, 1), 0.75),
        ("10", (0, 10), 1.0), ("4/10", (1, 5), None), ("-1", (1, 5), None), ("nan", (1, 5), None),
        ("", (1, 5), None), ("5" * 99, (1, 5), None),
    ],
)  # fmt: skip
def test_ratings(cell: str, scale: tuple[float, float], outcome: float | None) -> None:
    """As sheets write them; outside the scale is no rating."""
    assert outcome_of(cell, scale) == outcome
