"""The forms of the way in, with their errors in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

if TYPE_CHECKING:
    from troth.pages.words import Words

#: What Django calls an error → the phrase that says it.
SAID: Final = {
    "required": "ui.password.needed",
    "invalid_login": "ui.login.wrong",
    "inactive": "ui.login.wrong",
    "password_incorrect": "ui.password.wrong",
    "password_mismatch": "ui.password.differ",
    "password_too_similar": "ui.password.too_similar",
    "password_too_short": "ui.password.too_short",
    "password_too_common": "ui.password.too_common",
    "password_entirely_numeric": "ui.password.all_digits",
}


def speak(form: Any, words: Words) -> None:
    """Put a checked form's errors into the reader's language.

    Args:
        form: any of Django's forms.
        words: the reader's.
    """
    for listed in form.errors.values():
        for error in listed.as_data():
            if error.code in SAID:
                error.message, error.params = words.say(SAID[error.code]), None


class LogIn(AuthenticationForm):
    """User name and password."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def full_clean(self) -> None:
        """Check, then speak."""
        super().full_clean()
        if self.is_bound:
            speak(self, self.words)


class NewPassword(PasswordChangeForm):
    """The current password, and a new one twice."""

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        for field in self.fields.values():
            field.help_text = ""  # Django's is in English alone; the template says ours

    def full_clean(self) -> None:
        """Check, then speak."""
        super().full_clean()
        if self.is_bound:
            speak(self, self.words)
