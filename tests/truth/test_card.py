"""The model card and the table of reliability say what was measured."""

from __future__ import annotations

import json

from benchmarks.truth import card
from troth.content.reader_reliability import reliability
from troth.reading.card import card as model_card
from troth.reading.reader import INSTALLED

FOUND = json.loads(card.STORE.read_text("utf-8"))


def test_the_card_states_the_committed_figures():
    """`python -m benchmarks.truth.card` has nothing left to write on the card."""
    written = card.CARD.read_text("utf-8")
    assert card.with_figures(written, card.card_figures(FOUND)) == written
    assert card.date_of(written) == model_card().date != ""
    assert len(model_card().figures) == len(card.card_figures(FOUND)) > 0


def test_soft_evidence_is_believed_as_measured():
    """`python -m benchmarks.truth.card` has nothing left to write into the table of reliability."""
    written = card.RELIABILITY.read_text("utf-8")
    rows = card.reliability_figures(FOUND, card.date_of(card.CARD.read_text("utf-8")))
    assert card.with_figures(written, rows) == written
    assert len(reliability().figures) == len(rows) > 0


def test_figures_are_of_the_reader_that_ships():
    """Both files name the reader that readings are stamped with."""
    assert model_card().weights == reliability().weights == INSTALLED


def test_rare_acts_take_their_group_s_precision():
    """An act found fourteen times has no figure of its own; one found fifteen times has."""
    harm = {
        "blame": {"precision": 1.0, "found": 14, "recall": 0.5},
        "canned": {"precision": 0.5, "found": 15, "recall": 0.5},
    }
    rows = card.reliability_figures({"blind_zh": {"harm": harm}}, "2026-11-24")
    assert [(row["what"], row["share"]) for row in rows] == [("harm", 0.726), ("canned", 0.5)]
