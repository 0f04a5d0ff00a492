"""The next action in the words of one reader: the deed, why, what to expect, what else was considered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.pages.card import no_address, reason_shown
from troth.pages.story import short_citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.guidance.next.action import Action, Choice
    from troth.guidance.next.budget import Budget
    from troth.pages.card import ShownReason
    from troth.pages.words import Words

#: Why somebody may decline; ends of keys of phrases.
REASONS: Final = ("done", "not_true", "bad_time", "not_wanted", "other_way", "other")
#: What somebody may change about a proposal.
ADAPTS: Final = ("words", "time", "channel", "person")


@dataclass(frozen=True)
class ShownAction:
    """One action as it is read.

    Attributes:
        key: of the action.
        name: in a few words; ``do``: the deed.
        why: the reason, with the words behind it.
        effect: what to expect.
        source: author and year, or "" for our own choice.
        by: by when, or "".
        held: what holds it back for now, or "".
        leads: where accepting it leads.
    """

    key: str
    name: str
    do: str
    why: ShownReason
    effect: str
    source: str
    by: str
    held: str
    leads: str


@dataclass(frozen=True)
class ShownChoice:
    """A proposal as it is read: the best action, the others, the state of the budget, the channel."""

    best: ShownAction
    others: tuple[ShownAction, ...]
    budget: str
    channel: str


def choice_shown(
    choice: Choice, at_us: int, words: Words, address: Callable[[str], str] = no_address
) -> ShownChoice:
    """A proposal in one language.

    Args:
        choice: what was chosen, and from what.
        at_us: now, microseconds UTC.
        words: of the reader.
        address: finds the page of an event.
    """
    shown = [_action(one, choice.budget, at_us, words, address) for one in choice.actions]
    channel = words.say(f"card.wish.channel.{choice.channel}") if choice.channel else ""
    return ShownChoice(shown[0], tuple(shown[1:]), _budget(choice.budget, words), channel)


def _action(
    one: Action, budget: Budget, at_us: int, words: Words, address: Callable[[str], str]
) -> ShownAction:
    deed, lang = one.deed, words.lang
    values = {}
    if one.held_by == "budget" and budget.free_us is not None:
        values = {"date": words.date(budget.free_us)}
    return ShownAction(
        one.key, deed.name[lang], deed.do[lang], reason_shown(one.why, words, address),
        deed.effect[lang], "" if deed.source == "our_choice" else short_citation(deed.source),
        _by(one.by_us, at_us, words),
        words.say(f"next.held.{one.held_by}", **values) if one.held_by else "", deed.leads,
    )  # fmt: skip


def _by(by_us: int | None, at_us: int, words: Words) -> str:
    if by_us is None:
        return ""
    if by_us <= at_us:
        return words.say("next.by.today")
    return words.say("next.by", moment=words.moment(by_us))


def _budget(budget: Budget, words: Words) -> str:
    """When we last reached out unasked, and from when it may be done again."""
    if budget.last_us is None:
        return words.say("next.budget.none", days=budget.days)
    last = words.date(budget.last_us)
    if budget.free_us is None:
        return words.say("next.budget.free", date=last, days=budget.days)
    return words.say("next.budget.spent", date=last, next=words.date(budget.free_us))
