"""A draft looked over before it is sent: the same remarks as on the desk's own page."""

from __future__ import annotations

from typing import Any

from troth.guidance.draft.model import fuller
from troth.guidance.draft.review import review
from troth.pages.draft import remarks_of, told_of
from troth.reading.chat_server import NoAnswerError
from troth.web.accounts.access import Scope
from troth.web.api.doors import READ
from troth.web.api.routes import Route, Routes
from troth.web.api.seen import house_of, named
from troth.web.api.shapes.draft import DraftIn, DraftOut
from troth.web.guidance.drafting import talk_of
from troth.web.guidance.model_server import server_named
from troth.web.guidance.names import names_known
from troth.web.ledger.houses import house_for

routes = Routes("drafts")


@routes.at(Route("POST", "/draft", "see", READ), DraftOut)
def review_draft(request: Any, told: DraftIn) -> dict[str, Any]:
    """Look a draft over; nothing is kept of it.

    At most three remarks with reason and rewrite, in the language of Accept-Language or `lang`; what it
    promises; where trust is likely to go. `rewrite` asks the language model that an admin named: only
    then does the draft leave this server, with the names on record of the customer and the house's staff,
    codes, contacts and numbers of three digits or more covered.
    """
    customer = named(request, "customer", told.customer) if told.customer else None
    house = (
        house_of(request, "house", told.house)
        if told.house
        else house_for(Scope(request.user), customer)
    )
    talk = talk_of(request, customer, house, told.asked, plain=told.plain)
    text, lang = told.text, told.lang or request.words.lang
    seen = review(text, talk)
    answer = {**told_of(seen, text, lang), "rewrite": None, "rewrite_problem": ""}
    if told.rewrite:
        names = names_known(customer, house)
        answer |= _rewritten((text, talk, told.asked, names), lang)
    return answer


def _rewritten(asked: tuple[Any, ...], lang: str) -> dict[str, Any]:
    """Ask for a rewrite, with what ``fuller`` takes after the server."""
    from troth.content.text import phrase

    server = server_named()
    if server is None:
        return {"rewrite_problem": phrase("draft.model.unnamed", lang)}
    try:
        made = fuller(server, *asked)
    except NoAnswerError as error:
        return {"rewrite_problem": error.line(lang)}
    remarks = remarks_of(made.review.remarks, made.text, lang)
    return {"rewrite": {"text": made.text, "model": made.model, "remarks": remarks}}
