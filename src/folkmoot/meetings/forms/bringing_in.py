"""What somebody hands in of older minutes, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.kit.errors import Refused
from folkmoot.meetings.bringing_in_page import Shown, ShownPlan, call_words, field_of, people_to_choose
from folkmoot.meetings.domain.minutes.unpacking import ENDINGS, Unpacked, unpack

NEW, OUT, GUEST = "new", "out", "guest"
MOST_ASKED = 40
"""So many meetings are asked about at once; the others come after them."""
MOST_NAMES = 100


class SeveralFiles(forms.ClearableFileInput):
    """A field in which several files are chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files of minutes, or a folder of them as a ZIP; its cleaned value is an `Unpacked`."""

    def __init__(self, **options: Any) -> None:
        accept = ",".join((".zip", *ENDINGS))
        options.setdefault("widget", SeveralFiles(attrs={"accept": accept}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Unpacked | None:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given or [None]]
        try:
            return unpack([(one.name or "", one.read()) for one in files if isinstance(one, UploadedFile)])
        except Refused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from refused


class HandInForm(forms.Form):
    """Files of older minutes."""

    minutes = FilesField(
        label=gettext_lazy("The files"),
        help_text=gettext_lazy(
            "A folder packed as a ZIP, or several files at once: Markdown or plain text, up to 400 files and 20 MB."
        ),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "missing": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("A file among them is empty."),
            "invalid": gettext_lazy("Please choose a file."),
        },
    )


class AnswersForm(forms.Form):
    """Answers to what a plan asks: which call, who is meant, and that notes were looked at."""

    def __init__(self, *args: Any, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = shown.waiting[:MOST_ASKED]
        self.names = shown.names[:MOST_NAMES]
        for one in self.asked:
            self.fields[field_of("what", one.key)] = _what_becomes(one)
        for name in self.names:
            likely = [(str(pk), words) for pk, words in people_to_choose(shown.plan, name)]
            self.fields[field_of("who", name.key)] = forms.ChoiceField(
                label=_("Who is %(name)s?") % {"name": name.shown},
                required=False,
                choices=[("", _("I do not know yet")), (GUEST, _("Nobody who has a record here")), *likely],
            )

    @property
    def lines(self) -> list[tuple[ShownPlan, forms.BoundField]]:
        """What waits, each with the field that settles it."""
        return [(one, self[field_of("what", one.key)]) for one in self.asked]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        return [self[field_of("who", name.key)] for name in self.names]

    @property
    def answers(self) -> Mapping[str, Any]:
        """As `HandedIn.answers` keeps them."""
        calls: dict[str, int | None] = {}
        left_out, looked_at = [], []
        for one in self.asked:
            said = self.cleaned_data.get(field_of("what", one.key), "")
            if said == OUT:
                left_out.append(one.key)
            elif said:
                looked_at.append(one.key)
                if one.wants_call:
                    calls[one.key] = None if said == NEW else int(said)
        names: dict[str, int | None] = {}
        for name in self.names:
            said = self.cleaned_data.get(field_of("who", name.key), "")
            if said:
                names[name.key] = None if said == GUEST else int(said)
        return {"calls": calls, "names": names, "left_out": left_out, "looked_at": looked_at}


def _what_becomes(one: ShownPlan) -> forms.ChoiceField:
    """Which call it was, or that it may be taken in as it was read, or is left out."""
    choices = [("", _("Not now"))]
    if one.wants_call:
        choices += [(str(call.pk), _("The call of %(day)s") % {"day": call_words(call)}) for call in one.calls]
        if one.may_have_own_call:
            choices.append((NEW, _("A call of its own, which is made for it")))
    elif one.planned.step != "ask" and one.notes:
        choices.append(("ok", _("I have looked at it: take it in as it was read")))
    choices.append((OUT, _("Leave it out")))
    label = _("Which call was it?") if one.wants_call else _("What becomes of it?")
    return forms.ChoiceField(label=label, required=False, choices=choices)
