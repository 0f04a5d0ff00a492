"""The OpenAPI document is kept: every route, fed with what it allows and what it forbids."""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings

from troth.web.accounts.tokens import make_token
from troth.web.api.site import described

pytestmark = pytest.mark.django_db
EXAMPLES = 25
CONFIG = schemathesis.Config.from_dict({
    "generation": {"mode": "all", "max-examples": EXAMPLES, "deterministic": True},
    "checks": {
        # What has the right form may still name nobody, or a kind that is none: 422 says which.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422"]},
        "negative_data_rejection": {"expected-statuses": ["4xx"]},
    },
})  # fmt: skip


@schemathesis.serializer("application/x-ndjson")
def lines(ctx, value):
    """JSON lines as they are."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


schema = schemathesis.openapi.from_dict(json.loads(described()), config=CONFIG)
schema.app = get_wsgi_application()


@pytest.fixture
def token(lived) -> str:
    """Of somebody who may do everything, at a desk with some history."""
    return make_token(lived.actor("admin"), "schemathesis", "write")[1]


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_route_keeps_to_its_description(case, token):
    """Statuses, media types, shapes, methods, refusals: all of schemathesis's checks."""
    case.call_and_validate(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})
