"""The demo's people have answered, and all of it goes with the demo."""

from __future__ import annotations

from random import Random

import pytest
from django.apps import apps

from troth.content.questionnaires import questionnaires
from troth.people.circumplex import position_of
from troth.people.scoring import scale_scores
from troth.web.accounts.actor import Actor
from troth.web.ledger.demo import remove_demo, seed_demo
from troth.web.people.demo import circle_answers, dress_people
from troth.web.people.models import CultureAnswer, OwnSitting, Sitting, Statement

NOW_US = 1_772_413_200_000_000


@pytest.mark.django_db
def test_it_goes_with_the_demo():
    """What was put in is of every kind, hangs on the demo, and leaves no row behind."""
    actor = Actor(None, "command", NOW_US)
    seed_demo(actor, 7)
    dress_people(actor, Random(7))
    assert Sitting.objects.filter(shared="team").count() >= 6
    assert CultureAnswer.objects.filter(questionnaire="culture").count() >= 5
    assert CultureAnswer.objects.filter(questionnaire="trust").count() >= 5
    assert OwnSitting.objects.filter(done_us__lt=NOW_US, scores__overall__gte=3).count() >= 5
    assert {"own_words", "colleague_note"} == set(
        Statement.objects.values_list("origin", flat=True)
    )
    assert {"pace", "channel", "need", "value", "address"} <= set(
        Statement.objects.values_list("what", flat=True)
    )
    assert all(
        getattr(row.party, f"address_{row.value}") == row.text
        for row in Statement.objects.filter(what="address")
    )
    assert not Statement.objects.exclude(party__demo=True).exists()
    first = list(
        Statement.objects.order_by("pk").values_list("party__key", "what", "value", "t_us")
    )
    Statement.objects.all().delete()
    Sitting.objects.all().delete()
    CultureAnswer.objects.all().delete()
    dress_people(actor, Random(7))
    again = Statement.objects.order_by("pk").values_list("party__key", "what", "value", "t_us")
    assert list(again) == first
    remove_demo(actor)
    left = [model for model in apps.get_app_config("people").get_models() if model.objects.exists()]
    assert left == []


@pytest.mark.parametrize("style", [(1.0, 0.9), (-0.9, 0.8), (0.9, -0.9)])
def test_answers_made_for_a_style_show_it(style):
    """So that the demo's drawing says what the demo's people are like."""
    asked = questionnaires()["ipip_ipc"]
    found = position_of(scale_scores(asked, circle_answers(asked, style, Random(1))))
    assert found.clear
    assert (found.dominance > 0, found.warmth > 0) == (style[0] > 0, style[1] > 0)
