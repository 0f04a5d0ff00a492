"""The hotel with a third colleague, who coaches; styles that somebody shares."""

from __future__ import annotations

import pytest

from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party
from troth.web.people.models import Sitting


@pytest.fixture
def hotel(lived):
    """Li Na (front line), Wang Lei (lead), Zhou Min (coach) and He Qing (no login) at the hotel."""
    place = {"house_id": lived.house.pk, "team_id": lived.party("team:front").pk}
    add_parties([
        Newcomer("staff:zhou", Party.Kind.STAFF, "周敏", "Zhou Min", place),
        Newcomer("staff:he", Party.Kind.STAFF, "何晴", "He Qing", place),
    ])  # fmt: skip
    coach = lived.users["coach"]
    coach.party = lived.party("staff:zhou")
    coach.save()
    return lived


@pytest.fixture
def style(hotel):
    """Gives somebody a result of the questionnaire on style: ``style("lead", .9, .1, shared="team")``."""

    def given(role, dominance, warmth, shared="team"):
        return Sitting.objects.create(
            user=hotel.users[role], questionnaire="ipip_ipc", shared=shared, begun_us=1,
            done_us=hotel.now_us - 1, until_us=hotel.now_us + 1,
            scores={"position": [dominance, warmth, 0.0, 1.0, ["d"]]},
        )  # fmt: skip

    return given
