"""docs/reference/api.md says what the API is."""

from __future__ import annotations

import json
from pathlib import Path

from troth.web.api.reference import reference
from troth.web.api.routes import ROUTES
from troth.web.api.site import described

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "api.md"


def test_the_page_is_up_to_date():
    """``python -m django api_reference docs/reference/api.md`` makes it anew."""
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_every_route_stands_on_it():
    """With its deed and scope."""
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("\n### `") == len(ROUTES)


def test_routes_that_take_something_show_an_example():
    """No body without an example of it."""
    told = json.loads(described())
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            if schema and schema.get("type") != "array":
                refs = [schema, *schema.get("anyOf", [])]
                name = next(ref["$ref"] for ref in refs if "$ref" in ref).rsplit("/", 1)[-1]
                assert told["components"]["schemas"][name].get("example"), (method, path)
