"""What the server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

SERVED = os.environ.get("TROTH_WARM") == "1"  # set by ``troth serve``
if SERVED and hasattr(os, "setpgid"):
    # Ctrl+C reaches a terminal's whole group at once; only the process that ends the others may hear it.
    os.setpgid(0, 0)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "troth.web.config.settings")
application = get_wsgi_application()

if SERVED:
    from troth.web.config.parent import end_with_parent
    from troth.web.ledger.warming import warm_beside

    end_with_parent()
    warm_beside()
