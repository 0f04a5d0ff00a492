"""All routes together, and the document that describes them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.http import HttpResponse
from ninja import NinjaAPI
from ninja.parser import Parser

from troth import __version__
from troth.web.api import (
    advice,
    batches,
    beliefs,
    bulk,
    cards,
    draft,
    events,
    exports,
    parties,
    people,
    promises,
    talk,
    team,
)
from troth.web.api.problems import MEDIA, handle_problems
from troth.web.api.routes import JSON, Routes, reading

if TYPE_CHECKING:
    from django.http import HttpRequest

ABOUT: Final = (
    "Keeps the trust between a service team and the people it serves. Times are microseconds since 1970, "
    "UTC (`…_us`), or ISO 8601 with a zone. Answers and refusals speak the language of Accept-Language "
    "(zh, en). What a token's owner may not see does not exist for it."
)
about = Routes("about")


class _Parser(Parser):
    """JSON as it is defined: no NaN, no halves of characters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body; an absent one is null."""
        return orjson.loads(request.body) if request.body else None


class Desk(NinjaAPI):
    """The desk's routes."""

    def get_openapi_schema(self, **more: Any) -> Any:
        """The OpenAPI document; refusals carry their own media type."""
        told: Any = super().get_openapi_schema(path_prefix="api/", **more)
        for methods in told["paths"].values():
            for operation in methods.values():
                for parameter in operation["parameters"]:
                    parameter["schema"] = _present(parameter["schema"])
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and JSON in answer.get("content", {}):
                        answer["content"][MEDIA] = answer["content"].pop(JSON)
        return told


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter that is there: an address cannot say null, only leave it out."""
    one = [kind for kind in schema.get("anyOf", []) if kind.get("type") != "null"]
    if len(one) != 1:
        return schema
    rest = {name: told for name, told in schema.items() if name not in ("anyOf", "default")}
    found: dict[str, Any] = {**rest, **one[0]}
    return found


@about.at(reading("/openapi.json"), None)
def get_openapi(request: HttpRequest) -> HttpResponse:
    """Read the description of all routes (OpenAPI 3.1)."""
    del request
    return HttpResponse(described(), content_type=JSON)


@cache
def described() -> bytes:
    """The OpenAPI document as JSON; it is the same for everybody."""
    return orjson.dumps(dict(api.get_openapi_schema()), option=orjson.OPT_NON_STR_KEYS)


api: Final = Desk(
    title="troth · 信诺",
    version=__version__,
    description=ABOUT,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=_Parser(),
)
handle_problems(api)
#: The bulk route stands before the one that takes any id.
for part in (
    bulk, events, parties, people, beliefs, promises, cards, advice, draft, talk, batches, exports, team
):  # fmt: skip
    api.add_router("", part.routes)
api.add_router("", about)
