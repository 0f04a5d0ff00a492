"""The settings' forms: their choices and errors in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from troth.web.accounts.access import Scope
from troth.web.accounts.actions.seat import Seat
from troth.web.accounts.models import ApiToken, User
from troth.web.accounts.permissions import called
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.pages.words import Words
    from troth.web.accounts.actions.refused import RefusedError

    Choice = forms.ModelChoiceField[Party]
else:
    Choice = forms.ModelChoiceField

SAID: Final = {
    "required": "setup.form.required",
    "invalid_choice": "setup.form.choice",
    "max_length": "setup.form.long",
    "null_characters_not_allowed": "setup.form.choice",
}
#: What a token may do → the phrase that says it.
SCOPES: Final = {"read": "setup.token.read", "write": "setup.token.write"}
#: By their own names, whatever language the reader has.
TONGUES: Final = (("zh", "中文"), ("en", "English"))


class PartyChoice(Choice):
    """A choice among parties, by their names."""

    lang = "en"
    with_house = False

    def label_from_instance(self, obj: Party) -> str:
        """The name, with the house's before it where several houses are offered."""
        name = obj.name(self.lang)
        return f"{obj.house.name(self.lang)} · {name}" if self.with_house and obj.house else name


class SpokenForm(forms.Form):
    """A form that speaks the reader's language."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def full_clean(self) -> None:
        """Check, then say what is wrong in words that people know."""
        super().full_clean()
        for listed in self.errors.values() if self.is_bound else ():
            for error in listed.as_data():
                if error.code in SAID:
                    error.message = self.words.say(SAID[error.code], most=_most(error.params))
                    error.params = None

    def refuse(self, error: RefusedError) -> None:
        """Show beside its field why the deed was refused."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, error.said(self.words.lang))


def _most(params: Any) -> object:
    return (params or {}).get("limit_value", "")


class SeatForm(SpokenForm):
    """Role, house, team and who somebody is in the ledger."""

    name = forms.CharField(max_length=150, required=False)
    role = forms.ChoiceField()
    house = PartyChoice(Party.objects.none(), required=False)
    team = PartyChoice(Party.objects.none(), required=False)
    party = PartyChoice(Party.objects.none(), required=False)

    def __init__(self, *args: Any, admin: User, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = Scope(admin).houses().order_by("id")
        several = len(houses) > 1
        teams = Party.objects.filter(kind=Party.Kind.TEAM, house__in=houses, merged_into=None)
        staff = Party.objects.filter(kind=Party.Kind.STAFF, merged_into=None)
        free = (
            staff.filter(user=None) | staff.filter(user=person)
            if person
            else staff.filter(user=None)
        )
        _offer(self, "house", houses, several=False)
        _offer(self, "team", teams.select_related("house").order_by("house", "id"), several=several)
        _offer(self, "party", free.select_related("house").order_by("house", "id"), several=several)
        roles = [(role, called(role, self.words)) for role in User.Role.values]
        self.fields["role"].choices = roles  # type: ignore[attr-defined] # a ChoiceField

    def seat(self) -> Seat:
        """What was decided; house and team are the colleague's where none was named."""
        told = self.cleaned_data
        party, house, team = told["party"], told["house"], told["team"]
        if house is None and party is not None:
            house, team = party.house, team or party.team
        if house is None and team is not None:
            house = team.house
        return Seat(told["role"], house, team, party)


class PersonForm(SeatForm):
    """Somebody who gets a login."""

    username = forms.CharField(max_length=150)
    lang = forms.ChoiceField(choices=TONGUES)


class TokenForm(SpokenForm):
    """A key for a machine."""

    name = forms.CharField(max_length=80)
    scope = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(scope, self.words.say(SCOPES[scope])) for scope in ApiToken.Scope.values]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined] # a ChoiceField


class BodyForm(SpokenForm):
    """A house, a team or a colleague; only what its kind has is asked."""

    name_zh = forms.CharField(max_length=120, required=False)
    name_en = forms.CharField(max_length=120, required=False)
    key = forms.CharField(max_length=200, required=False)
    house = PartyChoice(Party.objects.none(), required=False)
    team = PartyChoice(Party.objects.none(), required=False)

    def __init__(self, *args: Any, admin: User, kind: str, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = Scope(admin).houses().order_by("id")
        teams = Party.objects.filter(kind=Party.Kind.TEAM, house__in=houses, merged_into=None)
        several = len(houses) > 1
        _offer(self, "house", houses, several=False)
        _offer(self, "team", teams.select_related("house").order_by("house", "id"), several=several)
        if known:
            del self.fields["key"]
        if kind == Party.Kind.ORGANISATION or (known and kind == Party.Kind.TEAM):
            del self.fields["house"]
        if kind != Party.Kind.STAFF:
            del self.fields["team"]


def _offer(form: SpokenForm, name: str, parties: Any, *, several: bool) -> None:
    """Let a field choose among parties."""
    field = form.fields[name]
    assert isinstance(field, PartyChoice)
    field.lang, field.with_house = form.words.lang, several
    field.empty_label = form.words.say("setup.form.none")
    field.queryset = parties
