"""The column mapper: guessed, changed by hand, shown at once in what the first rows become."""

from __future__ import annotations

import pytest

from tests.web.imports.conftest import ARRIVALS, CTRIP, REVIEWS
from troth.content.text import phrase
from troth.web.ledger.models import Event

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
ODD = (
    "A,B,C,D\n"
    "2026-02-20 10:00,Tom,great,complaint\n"
    "2026-02-21 10:00,Ann,poor,praise\n"
)  # fmt: skip
MAPPED = {
    "format": "columns", "map": "1", "preset": "", "preset_shown": "", "column.at": "A",
    "column.truster": "B", "column.outcome": "C", "constant.trustee": "{house}",
    "constant.kind": "review",
}  # fmt: skip


def chosen(client, batch, **fields):
    """Say how to read a file, as the page does."""
    return client.post(
        f"/import/{batch.pk}/choose/", fields, headers={"hx-request": "true"}
    ).context


@LANGUAGES
def test_what_is_missing_is_named(signed_in, desk, bring, looked, lang):
    """A table that tells nothing by its header asks for its columns, and cannot be imported yet."""
    client = signed_in("lead", lang)
    page = looked(bring(client, "odd.csv", ODD))
    labels = [phrase(f"imports.field.{name}", lang) for name in ("at", "truster")]
    assert page.told["lacks"] == labels
    assert "/start/" not in page.text
    assert phrase("imports.lacks.which", lang) in page.text


@LANGUAGES
def test_columns_values_and_constants_are_said_by_hand(signed_in, desk, bring, imported, lang):
    """Their words are listed with a place for ours; the rows show what they become."""
    client = signed_in("lead", lang)
    batch = bring(client, "odd.csv", ODD)
    told = chosen(client, batch, **MAPPED)
    outcome = next(line for line in told["mapper"].first if line.name == "outcome")
    assert [(one.theirs, one.ours) for one in outcome.said] == [("great", ""), ("poor", "")]
    assert told["trial"].refused == 2
    assert all(row.refused and not row.events for row in told["sample_rows"])
    words = {
        "said.outcome.0": "great", "ours.outcome.0": "1", "said.outcome.1": "poor",
        "ours.outcome.1": "0.2",
    }  # fmt: skip
    told = chosen(client, batch, **MAPPED, **words)
    assert (told["trial"].taken, told["trial"].refused) == (2, 0)
    assert [row.events[0].outcome for row in told["sample_rows"]] == ["1", "0.2"]
    assert told["sample_rows"][0].events[0].who == phrase(
        "imports.pair", lang, one="Tom", other=desk.house.name(lang)
    )
    assert imported(client, batch).taken == 2
    assert sorted(Event.objects.values_list("outcome", flat=True)) == [0.2, 1.0]


def test_kinds_in_their_words(signed_in, desk, bring, imported):
    """A column of kinds is explained value by value."""
    client = signed_in("lead", "zh")
    batch = bring(client, "odd.csv", ODD)
    fields = {**MAPPED, "column.kind": "D"}
    del fields["column.outcome"]
    told = chosen(client, batch, **fields)
    kind = next(line for line in told["mapper"].first if line.name == "kind")
    assert [one.theirs for one in kind.said] == ["complaint", "praise"]
    words = {
        "said.kind.0": "complaint", "ours.kind.0": "complaint_opened", "said.kind.1": "praise",
        "ours.kind.1": "recognition",
    }  # fmt: skip
    assert chosen(client, batch, **fields, **words)["trial"].taken == 2
    assert imported(client, batch).taken == 2
    assert set(Event.objects.values_list("kind", flat=True)) == {"complaint_opened", "recognition"}


@LANGUAGES
def test_a_rating_scale_is_read_by_its_ends(signed_in, desk, bring, lang):
    """One to ten, or with the best at one."""
    client = signed_in("lead", lang)
    batch = bring(client, "r.csv", REVIEWS)
    fields = {
        "format": "columns", "map": "1", "preset": "", "preset_shown": "",
        "column.at": "评价时间", "column.truster": "用户昵称", "column.outcome": "评分",
        "constant.trustee": "{house}", "constant.kind": "review",
    }  # fmt: skip
    for worst, best, expected in (("1", "9", ["0.5", "0.125"]), ("5", "1", ["0", "0.75"])):
        told = chosen(client, batch, **fields, worst=worst, best=best)
        rows = told["sample_rows"][:2]
        assert [row.events[0].outcome for row in rows] == expected
    told = chosen(client, batch, **fields, worst="inf", best="nan")
    assert told["trial"].problem == ""


def test_a_preset_is_chosen_left_and_taken_up_again(signed_in, desk, bring, looked):
    """Choosing one refills the mapper; changing a column afterwards keeps whose ids they are."""
    client = signed_in("lead", "zh")
    batch = bring(client, "c.csv", CTRIP)
    assert looked(batch).told["mapper"].preset == "ctrip_reviews"
    told = chosen(
        client, batch, format="columns", map="1", preset="", preset_shown="ctrip_reviews"
    )  # fmt: skip
    assert told["mapper"].preset == ""
    told = chosen(
        client, batch, format="columns", map="1", preset="meituan_reviews", preset_shown=""
    )  # fmt: skip
    assert told["mapper"].preset == "meituan_reviews"


def test_changing_one_column_keeps_the_rest_of_a_preset(signed_in, desk, bring, imported, looked):
    """What the mapper does not show (a later visit's kind) is not lost by a change elsewhere."""
    client = signed_in("lead", "zh")
    batch = bring(client, "f.csv", ARRIVALS)
    mapper = looked(batch).told["mapper"]
    fields = {f"column.{line.name}": line.column for line in mapper.first if line.column}
    del fields["column.wish"]
    fields |= {"format": "columns", "map": "1", "preset": "hotel_arrivals"}
    fields |= {"preset_shown": "hotel_arrivals", "constant.trustee": "{house}"}
    told = chosen(client, batch, **fields)
    assert told["mapper"].mapping.constants["again"] == "return"
    imported(client, batch)
    assert "return" in Event.objects.values_list("kind", flat=True)
    assert Event.objects.filter(truster__key__startswith="hotel_arrivals:").exists()


@LANGUAGES
def test_a_zone_that_is_none_is_refused(signed_in, desk, bring, lang):
    """The page says so and the choice stays."""
    client = signed_in("lead", lang)
    batch = bring(client, "r.csv", REVIEWS)
    told = chosen(client, batch, format="columns", zone="Mars/Olympus")
    assert told["wrong"] == phrase("imports.problem.zone", lang, zone="Mars/Olympus")
    batch.refresh_from_db()
    assert batch.choice["zone"] == "Asia/Shanghai"


def test_without_a_script_the_page_answers_too(signed_in, desk, bring, looked):
    """A plain post leads back to the page."""
    client = signed_in("lead", "zh")
    batch = bring(client, "odd.csv", ODD)
    answer = client.post(f"/import/{batch.pk}/choose/", MAPPED)
    assert answer.status_code == 302
    assert looked(batch).told["mapper"].mapping.columns["at"] == "A"


def test_columns_that_are_not_there_are_said(signed_in, desk, bring):
    """A form that names a column of another file brings one line, no error."""
    client = signed_in("lead", "zh")
    batch = bring(client, "odd.csv", ODD)
    told = chosen(client, batch, **{**MAPPED, "column.at": "E"})
    assert "E" in told["trial"].problem
