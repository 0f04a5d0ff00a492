"""Who does a deed, from where and when: what every action is told first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from troth.trust.clock import now_us

if TYPE_CHECKING:
    from troth.web.accounts.models import User


@dataclass(frozen=True)
class Actor:
    """The doer of an action.

    Attributes:
        user: who, or None for the desk itself (jobs, commands).
        door: ``page``, ``api``, ``command`` or ``job``.
        now_us: the time, microseconds UTC.
    """

    user: User | None
    door: str = "page"
    now_us: int = field(default_factory=now_us)

    @property
    def name(self) -> str:
        """What the audit log calls them."""
        return self.user.get_username() if self.user else f"({self.door})"

    @property
    def lang(self) -> str:
        """The language they are answered in: ``zh`` or ``en``."""
        return self.user.lang if self.user else "en"


def write_audit(actor: Actor, deed: str, what: str = "", **details: Any) -> None:
    """Append the audit row of a deed; called inside the deed's own transaction.

    Args:
        actor: who.
        deed: the action's name, such as ``record_promise``.
        what: the thing it was done to, by id.
        details: whatever else a reader of the log must know; never words of people, never secrets.
    """
    from troth.web.accounts.models import AuditRow

    AuditRow.objects.create(
        t_us=actor.now_us, user=actor.user, who=actor.name, deed=deed, what=what[:300],
        door=actor.door, details=details,
    )  # fmt: skip
