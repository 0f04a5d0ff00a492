"""What each role may see and do, said in one sentence from the very table that decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.web.accounts.access import DEEDS, Role, Scope
from troth.web.accounts.models import User

if TYPE_CHECKING:
    from troth.pages.words import Words

#: Deed → the phrase that says it, in the order in which people read them; ``see`` is said by what is seen.
MAY: Final = {
    "record": "setup.may.record",
    "know": "setup.may.know",
    "overrule": "setup.may.overrule",
    "import": "setup.may.import",
    "export": "setup.may.export",
    "merge": "setup.may.merge",
    "see_colleagues": "setup.may.see_colleagues",
    "audit": "setup.may.audit",
    "govern": "setup.may.govern",
    "token": "setup.may.token",
}
#: Role → what it is called.
CALLED: Final = {
    Role.FRONT_LINE: "setup.role.front_line",
    Role.LEAD: "setup.role.lead",
    Role.COACH: "setup.role.coach",
    Role.ANALYST: "setup.role.analyst",
    Role.ADMIN: "setup.role.admin",
}


def called(role: str, words: Words) -> str:
    """A role's name."""
    return words.say(CALLED[Role(role)])


def seen_by(role: str) -> str:
    """Key of the phrase that says whose relationships a role sees."""
    scope = Scope(User(role=role))
    if scope.everything:
        return "setup.sees.everything"
    return "setup.sees.team" if scope.by_team else "setup.sees.house"


def explained(role: str, words: Words) -> str:
    """What a role may see and do.

    Args:
        role: one of ``User.Role``.
        words: the reader's.

    Returns:
        One sentence.
    """
    deeds = [deed for deed, roles in DEEDS.items() if role in roles and deed != "see"]
    said = [words.say(MAY[deed]) for deed in sorted(deeds, key=list(MAY).index)]
    return words.say("setup.role.may", sees=words.say(seen_by(role)), deeds=listed(said, words))


def listed(parts: list[str], words: Words) -> str:
    """Things one after another, as the language joins them."""
    if len(parts) < 2:
        return "".join(parts)
    many = words.say("list.between").join(parts[:-1])
    return words.say("setup.list.and", many=many, last=parts[-1])
