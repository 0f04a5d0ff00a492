"""The settings' addresses."""

from __future__ import annotations

from django.urls import path

from troth.web.setup.views import audit, data, house, me, people, tokens

app_name = "settings"
urlpatterns = [
    path("", me.home, name="home"),
    path("me/", me.me, name="me"),
    path("me/zone/", me.zone, name="zone"),
    path("house/", house.house, name="house"),
    path("house/add/<slug:kind>/", house.add, name="house_add"),
    path("house/<int:party>/", house.edit, name="house_edit"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="people_add"),
    path("people/<int:person>/", people.edit, name="person"),
    path("people/<int:person>/password/", people.password, name="person_password"),
    path("people/<int:person>/close/", people.close, name="person_close"),
    path("people/<int:person>/open/", people.reopen, name="person_open"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="token_revoke"),
    path("data/", data.data, name="data"),
    path("data/export/", data.export, name="export"),
    path("data/demo/", data.demo_off, name="demo_off"),
    path("data/health/", data.health, name="health"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
]
