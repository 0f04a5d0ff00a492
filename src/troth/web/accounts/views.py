"""The way in and out, one's own password, and one's own language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.db import transaction
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from troth.content.text import phrase
from troth.content.yaml_files import LANGUAGES
from troth.web.accounts.actions.change_password import change_password
from troth.web.accounts.actions.choose_language import choose_language
from troth.web.accounts.actor import Actor, write_audit
from troth.web.accounts.forms import LogIn, NewPassword
from troth.web.ui.middleware import COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_YEAR: Final = 365 * 24 * 3600


class Spoken:
    """Gives a view's form the reader's words."""

    request: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form is made with."""
        made: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc] # a mixin before a form view
        return made | {"words": self.request.words}


class Enter(Spoken, LoginView):
    """Log in."""

    template_name = "accounts/login.html"
    authentication_form = LogIn
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Open the session, and write down that somebody came in."""
        with transaction.atomic():
            answer = super().form_valid(form)
            write_audit(Actor(form.get_user(), now_us=self.request.now_us), "log_in")
        return answer


class Leave(LogoutView):
    """Log out."""


class OwnPassword(Spoken, PasswordChangeView):
    """Change one's own password."""

    template_name = "accounts/password.html"
    form_class = NewPassword
    success_url = "/password/"

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, keep this session and say so."""
        user = self.request.user
        actor = Actor(user, now_us=self.request.now_us)
        change_password(actor, form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, user)
        messages.success(self.request, self.request.words.say("ui.password.saved"))
        return HttpResponseRedirect(self.get_success_url())


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, also before logging in."""
    lang = request.POST.get("lang", "")
    if lang not in LANGUAGES:
        return HttpResponseBadRequest(phrase("ui.error.bad", "en"))
    if request.user.is_authenticated:
        choose_language(Actor(request.user, now_us=request.now_us), lang)  # type: ignore[attr-defined] # ours
    asked = request.POST.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(asked, hosts, require_https=request.is_secure())
    answer = HttpResponseRedirect(asked if safe else "/")
    answer.set_cookie(
        COOKIE, lang, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.SECURE
    )
    return answer
