"""The reference of the API in Markdown, made from its own description, so that it cannot go stale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from troth.web.accounts.access import DEEDS
from troth.web.api.routes import ROUTES
from troth.web.api.site import api
from troth.web.ledger.export import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.web.api.routes import Route

HEAD: Final = """\
# API

Everything under `/api/` does what the desk's pages do, by the same deeds and the same access. The
machine-readable description is at `/api/openapi.json` (OpenAPI 3.1). This page is made from it:
`python -m django api_reference docs/reference/api.md`.

```console
$ curl -H "Authorization: Bearer troth_…" -H "Content-Type: application/json" \\
    -d '{"event_id": "pms-17", "truster": "guest:chen", "trustee": "staff:li", "organisation": "hotel",
         "kind": "survey", "outcome": 0.9}' http://127.0.0.1:8420/api/events
```

* **Tokens** are made under *Settings*, shown once and kept as a digest. A token reads, or reads and
  writes, and never does more than its owner's role; it is revoked at once. The desk's own pages may use
  their session with `X-CSRFToken`.
* **Roles.** Each route names its *deed*; a deed belongs to some roles. What the asker may not see does not
  exist for it (404).
* **Languages.** Answers and refusals speak the language of `Accept-Language` (zh, en), else the token
  owner's.
* **Refusals** are `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, and `errors`
  with `row`, `column`, `reason`. 401 no valid token · 403 not for this role or scope · 404 not there · 405
  method · 409 on record otherwise, or key used for another request · 413 too large · 415 media type · 422
  not as it should be · 503 disk full or database busy, nothing was done.
* **Pages.** Lists answer `items` and `next`; send `next` as `cursor` for the page after. A cursor is opaque.
* **Idempotency.** A POST that makes or changes one thing takes an `Idempotency-Key` (1–100 visible ASCII
  characters, remembered for 30 days): the same key and request get the same answer, another request under
  it 409. An event's own `event_id` is its key for ever, singly and in bulk.
* **Times** going in are ISO 8601 with a zone, or `…_us`, microseconds since 1970, UTC; coming out `…_us`.
* **Too early to tell.** Programs get the probability with `enough: false`; show people words in its place.
* **Limits.** 4 MB a body; 50,000 events and 50 MB in bulk; 200 MB a file.
"""

TABLES: Final = """
## Tables that are exported

`troth export --all FOLDER` writes the same tables in every format, with `about.json` beside them: version,
time and weights. Parquet carries these in its own metadata. Merged parties stand under the name they have
today; an event between two names of one party is left out. Messages without a thread are one conversation
until a day of silence. Events have a column more for each extra that ever came with one.
"""


def reference() -> str:
    """The whole page."""
    told = dict(api.get_openapi_schema())
    parts = [HEAD, *_deeds()]
    tag = ""
    for route in sorted(ROUTES, key=lambda route: _place(told, route)):
        operation = _operation(told, route)
        if operation["tags"][0] != tag:
            tag = operation["tags"][0]
            parts.append(f"\n## {tag.capitalize()}\n")
        parts += _route(told, route, operation)
    parts += _tables()
    return "\n".join(parts).rstrip() + "\n"


def _tables() -> Iterator[str]:
    yield TABLES
    yield "| table | columns |\n|---|---|"
    for what, columns in COLUMNS.items():
        yield f"| `{what}` | {', '.join(f'`{name}`' for name in columns)} |"


def _deeds() -> Iterator[str]:
    yield "\n| deed | roles |\n|---|---|"
    for deed in sorted({route.deed for route in ROUTES}):
        yield f"| `{deed}` | {', '.join(sorted(str(role) for role in DEEDS[deed]))} |"


def _path(route: Route) -> str:
    for converter in ("path", "int"):
        route_path = route.path.replace(f"{{{converter}:", "{")
        if route_path != route.path:
            return f"/api{route_path}"
    return f"/api{route.path}"


def _operation(told: dict[str, Any], route: Route) -> dict[str, Any]:
    found: dict[str, Any] = told["paths"][_path(route)][route.method.lower()]
    return found


def _place(told: dict[str, Any], route: Route) -> int:
    """By subject, in the order in which subjects come first."""
    tags = list(dict.fromkeys(o["tags"][0] for m in told["paths"].values() for o in m.values()))
    return tags.index(_operation(told, route)["tags"][0])


def _route(told: dict[str, Any], route: Route, operation: dict[str, Any]) -> Iterator[str]:
    yield f"\n### `{route.method} {_path(route)}`\n"
    yield f"{operation['summary']}. Deed `{route.deed}`, scope `{route.needs}`.\n"
    if operation.get("description", "").rstrip(".") != operation["summary"]:
        yield operation["description"] + "\n"
    parameters = [p for p in operation["parameters"] if p["name"] != "Idempotency-Key"]
    if parameters:
        yield "| parameter | in | holds |\n|---|---|---|"
        for parameter in parameters:
            yield f"| `{parameter['name']}` | {parameter['in']} | {_holds(parameter)} |"
        yield ""
    yield from _body(told, operation)
    yield from _answer(told, operation)
    refusals = [str(status) for status in operation["responses"] if int(status) >= 400]
    yield f"Refusals: {', '.join(refusals)}."


def _holds(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    choices = schema.get("enum")
    said = [parameter.get("description") or schema.get("description") or ""]
    said += [" · ".join(f"`{choice}`" for choice in choices)] if choices else []
    if "maximum" in schema:
        said.append(
            f"{schema.get('minimum', 0)}–{schema['maximum']}, by default {schema['default']}."
        )
    return " ".join(part for part in said if part) or schema.get("type", "")


def _body(told: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return
    media, body = next(iter(content.items()))
    yield f"Body, {' or '.join(f'`{name}`' for name in content)}:\n"
    schema = _resolved(told, body["schema"])
    if media == "multipart/form-data":
        yield "`file` (the file) and `choice` (JSON):\n"
        schema = {"example": json.loads(schema["properties"]["choice"]["examples"][0])}
    if schema.get("type") == "array":
        schema = {"example": [_resolved(told, schema["items"])["example"]]}
    yield from _example(schema)
    yield from _fields(told, schema)


def _fields(told: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    """What a body may hold, needed fields first."""
    needed = schema.get("required", [])
    fields = schema.get("properties", {})
    if not fields:
        return
    yield "| field | needed | holds |\n|---|---|---|"
    for name in sorted(fields, key=lambda field: field not in needed):
        kind = _resolved(told, fields[name])
        said = fields[name].get("description") or " · ".join(f"`{c}`" for c in kind.get("enum", []))
        yield f"| `{name}` | {'yes' if name in needed else ''} | {said or kind.get('type', '')} |"
    yield ""


def _answer(told: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    status, answer = next(iter(operation["responses"].items()))
    content = answer.get("content", {})
    schema = _resolved(told, content.get("application/json", {}).get("schema", {}))
    if schema.get("example"):
        yield f"Answer, {status}:\n"
        yield from _example(schema)
    elif schema.get("properties"):
        fields = ", ".join(f"`{name}`" for name in schema["properties"])
        yield f"Answer, {status}: {fields}.\n"
    else:
        kinds = ", ".join(f"`{name}`" for name in content) or "`application/json`"
        yield f"Answer, {status}: {kinds}.\n"


def _example(schema: dict[str, Any]) -> Iterator[str]:
    if "example" in schema:
        text = json.dumps(schema["example"], ensure_ascii=False, indent=1)
        yield f"```json\n{text}\n```\n"


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its reference followed; of null or something, the something."""
    for kind in schema.get("anyOf", []):
        if kind.get("type") != "null":
            schema = kind
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = told["components"]["schemas"][name] if name else schema
    return found
