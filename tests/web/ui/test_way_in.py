"""Logging in and out, the lock after wrong passwords, and one's own password."""

from __future__ import annotations

import pytest

from tests.web.ui.conftest import PASSWORD

NEW = "ein-ruhiger-see-7"


def audit() -> list[str]:
    """Deeds written down, oldest first."""
    from troth.web.accounts.models import AuditRow

    return list(AuditRow.objects.order_by("id").values_list("deed", flat=True))


def test_people_come_in_and_go(client, person) -> None:
    """To the page that they asked for; coming in is written down."""
    person("lead", username="lin")
    answer = client.post("/login/", {"username": "lin", "password": PASSWORD, "next": "/promises/"})
    assert answer["Location"] == "/promises/"
    assert audit() == ["log_in"]
    assert client.get("/login/")["Location"] == "/"
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/password/")["Location"].startswith("/login/?next=")


def test_nobody_is_led_elsewhere_after_log_in(client, person) -> None:
    """An address of another site is dropped."""
    person(username="lin")
    told = {"username": "lin", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/login/", told)["Location"] == "/"


@pytest.mark.parametrize(("lang", "said"), [("zh", "用户名或密码不对"), ("en", "do not match")])
def test_a_wrong_password_says_nothing_of_the_person(client, person, lang, said) -> None:
    """The same words whether the name exists, is closed, or was never there."""
    person(username="lin")
    person(username="gone", is_active=False)
    client.cookies["troth_lang"] = lang
    for name, password in [("lin", "wrong"), ("nobody", "wrong"), ("gone", PASSWORD)]:
        page = client.post("/login/", {"username": name, "password": password}).content.decode()
        assert said in page
        assert password not in page


@pytest.mark.parametrize(("lang", "said"), [("zh", "15 分钟后再试"), ("en", "in 15 minutes")])
def test_the_door_closes_after_six_wrong_passwords(client, person, lang, said) -> None:
    """For that person from that place; also the right password waits then."""
    person(username="lin")
    client.cookies["troth_lang"] = lang
    for _ in range(6):
        answer = client.post("/login/", {"username": "lin", "password": "wrong"})
    assert answer.status_code == 429
    assert said in answer.content.decode()
    assert client.post("/login/", {"username": "lin", "password": PASSWORD}).status_code == 429


def test_a_new_password_ends_other_sessions(entered, person) -> None:
    """This one goes on, and says that it is done."""
    from django.test import Client

    from troth.web.accounts.models import User

    client, other = entered("lead"), Client()
    other.force_login(User.objects.get(), "django.contrib.auth.backends.ModelBackend")
    told = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    page = client.post("/password/", told, follow=True).content.decode()
    assert "新密码已生效" in page
    assert audit() == ["change_password"]
    assert other.get("/password/").status_code == 302
    assert User.objects.get().check_password(NEW)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"old_password": "no"}, "ui.password.wrong"),
        ({"new_password2": "another-one-8"}, "ui.password.differ"),
        ({"new_password1": "a1b", "new_password2": "a1b"}, "ui.password.too_short"),
        ({"new_password1": "8452197301", "new_password2": "8452197301"}, "ui.password.all_digits"),
        ({"new_password1": "password1", "new_password2": "password1"}, "ui.password.too_common"),
        (
            {"new_password1": "front_line-xy", "new_password2": "front_line-xy"},
            "ui.password.too_similar",
        ),
        ({"new_password1": ""}, "ui.password.needed"),
    ],
)
def test_what_is_wrong_with_a_password_is_said(entered, lang, told, key) -> None:
    """In the reader's language, beside the field; nothing is changed."""
    from django.utils.html import escape

    from troth.content.text import phrase

    asked = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | told
    page = entered(lang=lang, username="front_line-x").post("/password/", asked).content.decode()
    assert f'<p class="error">{escape(phrase(key, lang))}</p>' in page
    assert 'aria-invalid="true"' in page
    assert audit() == []
    assert f'value="{asked["new_password1"] or NEW}"' not in page


def test_actions_need_somebody(db) -> None:
    """The desk itself has neither language nor password."""
    from troth.web.accounts.actions.change_password import change_password
    from troth.web.accounts.actions.choose_language import choose_language
    from troth.web.accounts.actor import Actor

    with pytest.raises(ValueError, match="only a person"):
        change_password(Actor(None), NEW)
    with pytest.raises(ValueError, match="only a person"):
        choose_language(Actor(None), "zh")
    with pytest.raises(ValueError, match="does not speak 'fr'"):
        choose_language(Actor(None), "fr")
