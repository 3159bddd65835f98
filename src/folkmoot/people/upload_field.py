"""The field in which a file is handed in: it says what it takes, examines what comes, and needs no script."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from folkmoot.kit.errors import Refused
from folkmoot.kit.uploads import ALL, KINDS, PICTURES, Examined, examine, size_in_words


class BoundUpload(BoundField):
    """A field that says, when a form comes back for something else, that the file has to be chosen again."""

    @property
    def help_text(self) -> str:
        # The file's own errors say what is the matter with it; without one nothing was lost.
        was_sent = self.form.is_bound and bool(self.form.files.get(self.html_name))
        if was_sent and self.form.errors and not self.errors:
            again = _("Please choose the file again: browsers do not keep it when a form comes back.")
            return f"{again} {self._own_words}"
        return self._own_words

    @help_text.setter
    def help_text(self, words: str) -> None:
        self._own_words = str(words)


class UploadField(forms.FileField):
    """A file of one of the kinds `taken`; its cleaned value is an `Examined`, or None where none was chosen."""

    def __init__(self, *, taken: Collection[str] = ALL, **options: Any) -> None:
        self.taken = frozenset(taken)
        endings = ",".join(ending for code in KINDS if code in self.taken for ending in KINDS[code].endings)
        options.setdefault("widget", forms.FileInput(attrs={"accept": endings}))
        options.setdefault("help_text", lazy(self._what_is_taken, str)())
        super().__init__(**options)
        self.error_messages |= {
            "required": _("Please choose a file."),
            "missing": _("Please choose a file."),
            "empty": _("This file is empty."),
        }

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundUpload:
        return BoundUpload(form, self, field_name)

    def clean(self, data: Any, initial: Any = None) -> Examined | None:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        # The file itself: what Django puts around it answers for names and sizes as the sender told them.
        stream: Any = file.file
        try:
            return examine(file.name or "", stream, most_bytes=settings.LARGEST_FILE, taken=self.taken)
        except Refused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from refused

    def _what_is_taken(self) -> str:
        size = size_in_words(settings.LARGEST_FILE)
        if self.taken == ALL:
            return _(
                "A PDF, a picture (JPEG, PNG, WebP, GIF), text, Markdown, a table (CSV), or a document of LibreOffice "
                "or Microsoft Office; up to %(size)s."
            ) % {"size": size}
        if self.taken == PICTURES:
            return _("A picture (JPEG, PNG, WebP or GIF), up to %(size)s.") % {"size": size}
        kinds = ", ".join(kind.words for kind in KINDS.values() if kind.code in self.taken)
        return _("One of these: %(kinds)s; up to %(size)s.") % {"kinds": kinds, "size": size}
