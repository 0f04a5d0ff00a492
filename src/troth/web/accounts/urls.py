"""The way in and out."""

from __future__ import annotations

from django.urls import path

from troth.web.accounts import views

urlpatterns = [
    path("login/", views.Enter.as_view(), name="login"),
    path("logout/", views.Leave.as_view(), name="logout"),
    path("password/", views.OwnPassword.as_view(), name="password"),
    path("language/", views.language, name="language"),
]
