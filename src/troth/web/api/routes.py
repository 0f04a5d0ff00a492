"""How a route is declared: what it does, who may do it, what it takes and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ninja import Router

from troth.web.api.doors import READ, WRITE, BearerToken, DeskSession
from troth.web.api.shapes.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

JSON: Final = "application/json"
MEGABYTE: Final = 1024 * 1024
KEY_HEADER: Final = "Idempotency-Key"
LONGEST_KEY: Final = 100
_KEY: Final = {
    "in": "header",
    "name": KEY_HEADER,
    "required": False,
    "description": "The same key with the same request gets the same answer; with another one, 409.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}


@dataclass(frozen=True)
class Route:
    """One route.

    Attributes:
        method: of HTTP.
        path: below ``/api``, as it is declared.
        deed: what one must be allowed to do (``accounts.access.DEEDS``).
        needs: scope of a token: ``read`` or ``write``.
        takes: media types of its body; none where it has no body.
        most_bytes: of its body.
        keyed: whether an ``Idempotency-Key`` lets it be asked again.
    """

    method: str
    path: str
    deed: str
    needs: str
    takes: tuple[str, ...] = (JSON,)
    most_bytes: int = 4 * MEGABYTE
    keyed: bool = False

    @property
    def pattern(self) -> str:
        """The path as Django's resolver writes it."""
        return self.path.lstrip("/").replace("{", "<").replace("}", ">")


#: Every route there is; the walk over all of them as every role reads it, and so does the guard.
ROUTES: Final[list[Route]] = []


class Routes(Router):
    """Routes about one subject."""

    def __init__(self, tag: str) -> None:
        super().__init__(tags=[tag])

    def at(
        self,
        route: Route,
        answer: Any,
        *,
        status: int = 200,
        also: tuple[int, ...] = (),
        extra: dict[str, Any] | None = None,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a route; its function's docstring is its description.

        Args:
            route: what and for whom.
            answer: shape of a good answer, or None where the answer is no JSON.
            status: of a good answer.
            also: statuses of refusals beside those that every route has.
            extra: more for the OpenAPI document.
        """
        refusals = {401, 403, 405, 422, 503, *also}
        if route.method != "GET":
            refusals |= {413, 415}
        if route.keyed:
            refusals.add(409)
            extra = {**(extra or {}), "parameters": [_KEY]}
        ROUTES.append(route)

        def around(view: Callable[..., Any]) -> Callable[..., Any]:
            first, _, rest = (view.__doc__ or "").partition("\n")
            declared = self.api_operation(
                [route.method],
                route.path,
                auth=[BearerToken(route.deed, route.needs), DeskSession(route.deed)],
                response={status: answer, **dict.fromkeys(sorted(refusals), Problem)},
                operation_id=view.__name__,
                summary=first.strip().rstrip("."),
                description=" ".join(rest.split("Args:")[0].split()) or None,
                openapi_extra=extra,
            )(view)
            view.deed = route.deed  # type: ignore[attr-defined] # the walk over all routes reads it
            return declared

        return around


def reading(path: str, deed: str = "see") -> Route:
    """A route that only reads."""
    return Route("GET", path, deed, READ, takes=())


def writing(path: str, deed: str = "record", method: str = "POST", **more: Any) -> Route:
    """A route that changes something; what it makes is made once for a key."""
    return Route(method, path, deed, WRITE, **{"keyed": method == "POST", **more})
