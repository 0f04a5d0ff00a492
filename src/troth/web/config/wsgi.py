"""What the server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "troth.web.config.settings")
application = get_wsgi_application()

if os.environ.get("TROTH_WARM") == "1":  # set by ``troth serve``
    from troth.web.ledger.warming import warm_beside

    warm_beside()
