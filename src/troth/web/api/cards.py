"""The card: what one must know before a reply, the same as on the relationship's page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from troth.pages import story
from troth.trust.stage import STAGES
from troth.web.accounts.access import Scope
from troth.web.api.beliefs import relationship_or_404
from troth.web.api.promises import told_promises
from troth.web.api.routes import Routes, reading
from troth.web.api.shapes.talk import CardOut
from troth.web.api.talk import told_preferences
from troth.web.guidance.advice import advice_shown
from troth.web.guidance.owed import of_relationship
from troth.web.ledger.models import Promise
from troth.web.parties.models import Party
from troth.web.relations.card import card_of
from troth.web.relations.opened import open_one

routes = Routes("cards")


@routes.at(reading("/cards/{truster}/{trusted}"), CardOut, also=(404,))
def get_card(
    request: Any,
    truster: str,
    trusted: str,
    channel: Literal["face", "phone", "written"] = "written",
) -> dict[str, Any]:
    """Read the card of a relationship, in the language of Accept-Language.

    Form of address, preferences with date and source, open promises, the last hurt, stage; how to speak
    with them in this way of being in touch, each line with its reason; what it looks like from their side.
    """
    del channel  # read from the address by the one function that pages use as well
    row = relationship_or_404(Scope(request.user), truster, trusted)
    opened = open_one(row, request)
    card = card_of(opened, request)
    advice = advice_shown(card.situation, opened.words)
    lines = advice.lines if row.truster.kind == Party.Kind.CUSTOMER else []
    owed = of_relationship(row).filter(state=Promise.State.OPEN)
    people = owed.select_related("truster", "trustee", "organisation").order_by("due_us", "pk")
    hurt = story.latest_hurt(opened.told.explanation)
    words, stage = request.words, STAGES[card.stage]
    return {
        "truster": truster, "trusted": trusted, "lang": words.lang,
        "name": row.truster.name(words.lang), "address": card.address,
        "stage": stage, "stage_name": words.say(f"stage.{stage}"),
        "repair": opened.told.explanation.repair, "enough": opened.told.explanation.enough,
        "preferences": told_preferences(card.preferences),
        "promises": told_promises(list(people), request.now_us),
        "hurt": hurt and {
            "event_id": hurt.event_id, "kind": hurt.kind, "t_us": hurt.t_us, "text": hurt.text or "",
        },
        "channel": advice.channel, "matters": [asdict(one) for one in advice.matters],
        "lines": [asdict(line) for line in lines],
        "empathy_map": {one.name: [asdict(seen) for seen in one.seen] for one in advice.quarters},
    }  # fmt: skip
