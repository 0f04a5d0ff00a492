"""What a person fills in about a party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from troth.content.yaml_files import LANGUAGES
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.pages.words import Words

_LENGTHS: Final = {
    "name_zh": 120, "name_en": 120, "address_zh": 60, "address_en": 60, "contact": 200,
}  # fmt: skip


class EditParty(forms.Form):
    """Names, forms of address, contact and language."""

    def __init__(self, words: Words, party: Party, data: Any = None) -> None:
        first = {name: getattr(party, name) for name in (*_LENGTHS, "lang")}
        super().__init__(data, initial=first)
        names = [name for name in _LENGTHS if party.kind == Party.Kind.CUSTOMER or "name" in name]
        for name in names:
            self.fields[name] = forms.CharField(
                max_length=_LENGTHS[name], required=False, label=words.say(f"directory.{name}"),
                error_messages={"max_length": words.say("directory.too_long", most=_LENGTHS[name])},
            )  # fmt: skip
        if party.kind == Party.Kind.CUSTOMER:
            spoken = [lang for lang in (*LANGUAGES, party.lang) if lang]
            choices = [("", words.say("directory.lang.unknown"))]
            choices += [(lang, _language(words, lang)) for lang in dict.fromkeys(spoken)]
            self.fields["lang"] = forms.ChoiceField(
                choices=choices, required=False, label=words.say("directory.lang"),
                error_messages={"invalid_choice": words.say("directory.lang.unknown")},
            )  # fmt: skip

    @property
    def told(self) -> dict[str, str]:
        """What was filled in, once it is checked."""
        return {name: str(value).strip() for name, value in self.cleaned_data.items()}


def _language(words: Words, lang: str) -> str:
    return words.say(f"language.{lang}") if lang in LANGUAGES else lang
