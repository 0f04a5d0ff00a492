"""The imports' addresses."""

from __future__ import annotations

from django.urls import path

from troth.web.imports import review, running, views

app_name = "imports"
urlpatterns = [
    path("", views.listed, name="list"),
    path("example.csv", views.example, name="example"),
    path("<int:batch>/", review.one, name="one"),
    path("<int:batch>/choose/", review.choose, name="choose"),
    path("<int:batch>/trial/", review.trial, name="trial"),
    path("<int:batch>/discard/", review.discard, name="discard"),
    path("<int:batch>/refused.csv", running.refused, name="refused"),
    path("<int:batch>/start/", running.start, name="start"),
    path("<int:batch>/progress/", running.progress, name="progress"),
    path("<int:batch>/undo/", running.undo, name="undo"),
]
