"""Addresses of questionnaires, notes and the customer's own form."""

from __future__ import annotations

from django.urls import include, path

from troth.web.people import (
    closeness,
    culture,
    forms,
    houses,
    notes,
    own_asked,
    own_form,
    privacy,
    results,
)

app_name = "people"
_FORM = [
    path("", forms.begin, name="begin"),
    path("statements/", forms.page, name="page"),
    path("answer/", forms.answer, name="answer"),
    path("result/", results.result, name="result"),
    path("share/", results.share, name="share"),
    path("delete/", results.delete, name="delete"),
    path("answers/<slug:ending>/", results.export, name="export"),
]
_CUSTOMER = [
    path("tap/", notes.tap, name="tap"),
    path("needs/", notes.need_noted, name="need"),
    path("form/", notes.take, name="take"),
    path("link/", notes.link, name="link"),
    path("forget/", notes.forget, name="forget"),
]
urlpatterns = [
    path("people/forms/", forms.hub, name="hub"),
    path("people/forms/<slug:questionnaire>/", include(_FORM)),
    path("people/results/<int:sitting>/", results.shared, name="shared"),
    path("people/culture/", culture.culture, name="culture"),
    path("people/privacy/", privacy.privacy, name="privacy"),
    path("people/<int:party>/", include(_CUSTOMER)),
    path("people/statements/<int:statement>/drop/", notes.drop, name="drop"),
    path("people/links/<int:link>/revoke/", notes.revoke, name="revoke"),
    path("people/houses/<int:house>/inference/", houses.inference, name="inference"),
    path("f/privacy/", own_form.own_privacy, name="own_privacy"),
    path("f/<str:token>/", own_form.own_form, name="own_form"),
    path("f/<str:token>/closeness/", closeness.own_closeness, name="own_closeness"),
    path("f/<str:token>/asked/<slug:questionnaire>/", own_asked.own_asked, name="own_asked"),
    path(
        "f/<str:token>/asked/<slug:questionnaire>/answer/", own_asked.own_answer, name="own_answer"
    ),
    path("f/<str:token>/forget/", own_form.own_forget, name="own_forget"),
]
