"""Keys for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from troth.web.accounts.access import may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import ApiToken
from troth.web.accounts.tokens import BEGINNING, make_token, revoke_token
from troth.web.setup.asked import doer, done, page
from troth.web.setup.forms import TokenForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from troth.web.setup.asked import Asked


def _mine(request: Asked) -> QuerySet[ApiToken]:
    """One's own tokens; those who govern see everybody's, to revoke them."""
    rows = ApiToken.objects.select_related("user").order_by("-id")
    return rows if may(request.user, "govern") else rows.filter(user=request.user)


@need("token")
@require_http_methods(["GET", "POST"])
def tokens(request: Asked) -> HttpResponse:
    """The list, and a new key, which is shown on this one answer alone."""
    form = TokenForm(request.POST or None, words=request.words, initial={"scope": "read"})
    made, row = "", None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            row, made = make_token(doer(request), told["name"], told["scope"])
        except RefusedError as error:
            form.refuse(error)
        else:
            form = TokenForm(words=request.words, initial={"scope": "read"})
    rows = _mine(request)
    return page(
        request, "tokens", "tokens", 422 if form.errors else 200, form=form, made=made, row=row,
        alive=rows.filter(revoked_us=None), revoked=rows.exclude(revoked_us=None)[:20],
        everybody=may(request.user, "govern"),
        beginning=BEGINNING,
    )  # fmt: skip


@need("token")
@require_POST
def revoke(request: Asked, token: int) -> HttpResponse:
    """Let a key open nothing any more."""
    row = get_object_or_404(_mine(request), pk=token)
    revoke_token(doer(request), row)
    done(request, "setup.token.revoked", name=row.name)
    return redirect("settings:tokens")
