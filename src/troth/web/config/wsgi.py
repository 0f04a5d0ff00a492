"""What the server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "troth.web.config.settings")
application = get_wsgi_application()

from troth.web.ledger.warming import warm_beside  # noqa: E402 - models can be named only now

warm_beside()
