"""Where everything is."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from troth.web.ui.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health),
    path("", include("troth.web.accounts.urls")),
    path("settings/", include("troth.web.setup.urls")),
    path("", include("troth.web.directory.urls")),
    path("", include("troth.web.promises.urls")),
    path("", include("troth.web.touch.urls")),
    path("api/", include("troth.web.api.urls")),
    path("", include("troth.web.relations.urls")),
    path("", include("troth.web.people.urls")),
    path("", include("troth.web.guidance.urls")),
    path("", include("troth.web.team.urls")),
    path("import/", include("troth.web.imports.urls")),
    path("", include("troth.web.today.urls")),
]
handler400 = "troth.web.ui.errors.bad_request"
handler403 = "troth.web.ui.errors.forbidden"
handler404 = "troth.web.ui.errors.not_found"
handler500 = "troth.web.ledger.middleware.broken"
