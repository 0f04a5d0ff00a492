"""What the rules of a card may ask about, what they may speak of, and what they may set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from troth.content.kinds import codebook
from troth.content.origins import ORIGINS, STATED
from troth.content.shares import DIMENSIONS
from troth.content.stages import NAMES

#: What a line is about, in the order of a card.
PARTS: Final = (
    "open", "first", "avoid", "steady", "tone", "pace", "detail", "stage", "room", "language",
    "greeting", "eyes", "voice", "pauses",
)  # fmt: skip
#: Parts without words: only for who is seen or heard.
UNSPOKEN: Final[dict[str, tuple[str, ...]]] = {
    "greeting": ("face", "phone"),
    "eyes": ("face",),
    "voice": ("face", "phone"),
    "pauses": ("face", "phone"),
}
#: What two lines must not set differently. Those of ``STYLE`` may give way to harm.
LEVERS: Final[dict[str, tuple[str, ...]]] = {
    "pace": ("quick", "steady"),
    "detail": ("short", "full"),
    "focus": ("task", "person"),
    "order": ("remedy_first", "feeling_first"),
    "apology": ("once", "no_more"),
    "contact": ("more", "less"),
    "promise": ("time", "nothing_new"),
    "lead": ("ask", "propose"),
    "smile": ("warm", "plain"),
    "form": ("formal", "first_name"),
    "lang": ("zh", "en"),
    "medium": ("message", "phone", "email", "in_person"),
    "calls": ("spared", "welcome"),
}
STYLE: Final = ("pace", "detail", "focus", "contact", "lead", "smile", "order")
EMOTIONS: Final = ("anger", "anxiety", "disappointment", "confusion", "gratitude", "joy")
#: What a customer's words do that a card speaks to.
SAID: Final = (
    "threat", "distrust", "unsolved", "repeat_contact", "complaint", "question", "trust", "solved",
)  # fmt: skip
#: What happened so lately that it still colours a talk.
LATELY: Final = (
    "passed_around", "spoke_curtly", "interrupted", "kept_waiting", "looked_away",
    "preference_missed", "cancellation", "promise_renegotiated", "promise_kept",
    "complaint_resolved", "compensation", "preference_stated", "disclosure", "referral", "return",
)  # fmt: skip
#: What a case that waits needs next.
STEPS: Final = ("acknowledge", "explain", "remedy", "follow_through")


@dataclass(frozen=True)
class Asked:
    """What may be asked about one fact.

    Attributes:
        values: names it may have; none for a flag, which is so or not, or a count.
        counted: whether a rule asks for at least so many.
        many: whether several values may hold at once.
        origins: who may have said so, where somebody must have; none for what the ledger shows.
        harm: whether it tells of harm, before which style gives way.
    """

    values: tuple[str, ...] = ()
    counted: bool = False
    many: bool = False
    origins: tuple[str, ...] = ()
    harm: bool = False

    @property
    def flag(self) -> bool:
        """Whether it is so or not."""
        return not self.values and not self.counted


@cache
def facts_known() -> dict[str, Asked]:
    """Every fact that a rule may ask about, the graver first.

    Facts that begin with ``wants_`` and ``attachment`` are statements about the person, ``staff_`` about
    the reader themself; ``channel`` is how they are in touch now. All else is what the ledger shows.
    """
    opening = tuple(kind.name for kind in codebook().values() if kind.opens)
    return {
        "apologies_given": Asked(counted=True),
        "complaint_reopened": Asked(harm=True),
        "breach_dimension": Asked(DIMENSIONS, harm=True),
        "open_breach": Asked(opening, many=True, harm=True),
        "repair_next": Asked(STEPS, harm=True),
        "repair": Asked(harm=True),
        "emotion": Asked(EMOTIONS),
        "said": Asked(SAID, many=True),
        "asked_contact": Asked(("written_only", "no_calls", "no_calls_at_work", "calls_only")),
        "asked_hours": Asked(),
        "noted": Asked(("need", "motive", "value"), many=True),
        "promise_overdue": Asked(),
        "promise_due_today": Asked(),
        "promise_open": Asked(),
        "lately": Asked(LATELY, many=True),
        "praise": Asked(),
        "going_quiet": Asked(),
        "attachment": Asked(("anxious", "avoidant"), origins=STATED),
        "wants_lang": Asked(("zh", "en"), origins=STATED),
        "wants_form": Asked(("formal", "first_name"), origins=ORIGINS),
        "wants_channel": Asked(("message", "phone", "email", "in_person"), origins=ORIGINS),
        "wants_pace": Asked(("quick", "steady"), origins=ORIGINS),
        "wants_detail": Asked(("short", "full"), origins=ORIGINS),
        "wants_focus": Asked(("task", "person"), origins=ORIGINS),
        "likes": Asked(),
        "dislikes": Asked(),
        "handed_over": Asked(),
        "first_meeting": Asked(),
        "staff_pace": Asked(("quick", "steady")),
        "staff_focus": Asked(("task", "person")),
        "channel": Asked(("face", "phone", "written")),
        "stage": Asked(tuple(name for name in NAMES if name != "repair")),
    }


@cache
def gravity() -> dict[str, int]:
    """Place of each fact among all: the smaller, the graver."""
    return {name: place for place, name in enumerate(facts_known())}


def harmful(fact: str, value: object) -> bool:
    """Whether a fact tells of harm: by what it is, or anger, a threat, distrust, or having to ask again.

    >>> harmful("emotion", "anger"), harmful("emotion", "joy")
    (True, False)
    """
    if fact == "emotion":
        return value == "anger"
    if fact == "said":
        return value in ("threat", "distrust", "repeat_contact")
    return facts_known()[fact].harm
