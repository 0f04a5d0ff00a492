"""Addresses of the team's pages."""

from __future__ import annotations

from django.urls import path

from troth.web.team import coaches, home, match, pair, skills

app_name = "team"
urlpatterns = [
    path("team/", home.team, name="team"),
    path("team/add/", home.add, name="add"),
    path("team/undo/", home.undo, name="undo"),
    path("team/pair/", pair.find, name="find"),
    path("team/<int:colleague>/<int:fellow>/", pair.pair, name="pair"),
    path("team/match/", match.match, name="match"),
    path("team/match/choose/", match.choose, name="choose"),
    path("team/coaches/", coaches.coaches, name="coaches"),
    path("team/coaches/choose/", coaches.choose, name="choose_coach"),
    path("team/skills/", skills.own, name="own_skills"),
    path("team/skills/<int:colleague>/", skills.skills, name="skills"),
]
