"""What people fill in to open a session, to write notes, to gather them, to put dots and to publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from folkmoot.connections.actions.spaces_sessions import Board, SessionWords
from folkmoot.connections.models.spaces import Theme, ThemeNote, ThemeSession
from folkmoot.connections.models.spaces_sessions import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    LONGEST_PROMPT,
    LONGEST_SUMMARY,
    LONGEST_THEME,
    LONGEST_TITLE,
    MOST_DOTS,
    MOST_PROMPTS,
    SummaryFor,
)
from folkmoot.kit import zones
from folkmoot.people.choices import zone_choices

NEW_THEMES = 3
NO_THEME = "0"


class SessionForm(forms.Form):
    """A session on one subject."""

    title = forms.CharField(label=gettext_lazy("What is the session about?"), max_length=LONGEST_TITLE)
    day = forms.DateField(
        label=gettext_lazy("When do you meet?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        help_text=gettext_lazy("Left empty, people write when it suits them."),
    )
    at = forms.TimeField(
        label=gettext_lazy("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    zone = forms.ChoiceField(label=gettext_lazy("By the clocks of"), choices=[])
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        max_length=LONGEST_PLACE,
        required=False,
        help_text=gettext_lazy("A room, or a link to a call. Shown to those who may take part."),
    )
    dots = forms.TypedChoiceField(
        label=gettext_lazy("Dots for each person"),
        coerce=int,
        choices=[],
        help_text=gettext_lazy("With them people say later what matters most. Three is a good number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = zone_choices()  # type: ignore[attr-defined]
        self.fields["dots"].choices = [(n, str(n)) for n in range(1, MOST_DOTS + 1)]  # type: ignore[attr-defined]
        for number in range(1, MOST_PROMPTS + 1):
            self.fields[f"prompt_{number}"] = forms.CharField(
                label=_("The question") if number == 1 else _("Another question"),
                max_length=LONGEST_PROMPT,
                required=number == 1,
                help_text=_(
                    "“How might we” leaves room: neither a solution nor a complaint, such as “How might we make "
                    "first visits less lonely?”"
                )
                if number == 1
                else "",
                initial=_("How might we ") if number == 1 else "",
            )

    @property
    def prompt_fields(self) -> list[forms.BoundField]:
        return [self[f"prompt_{number}"] for number in range(1, MOST_PROMPTS + 1)]

    def clean_prompt_1(self) -> str:
        """The beginning alone is no question."""
        said: str = self.cleaned_data["prompt_1"]
        if said.strip() == _("How might we ").strip():
            raise ValidationError(_("Please go on: how might we do what?"), code="unfinished")
        return said

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, at = cleaned.get("day"), cleaned.get("at")
        if (day is None) != (at is None) and not {"day", "at"} & set(self.errors):
            missing = "at" if at is None else "day"
            self.add_error(missing, ValidationError(_("Please say both the day and the time."), code="half"))
        return cleaned

    @property
    def words(self) -> SessionWords:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        starts = None
        if given["day"] is not None:
            starts = zones.local_to_utc(datetime.combine(given["day"], given["at"]), given["zone"]).utc
        return SessionWords(
            title=given["title"],
            prompts=tuple(given[f"prompt_{number}"] for number in range(1, MOST_PROMPTS + 1)),
            zone=given["zone"],
            starts_at=starts,
            place=given["place"],
            dots=given["dots"],
        )


class NoteForm(forms.Form):
    """One thought."""

    prompt = forms.TypedChoiceField(label=gettext_lazy("To which question?"), coerce=int, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Your note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "class": "input-short"}),
        help_text=gettext_lazy("One thought. Write another note for the next one."),
    )
    unsigned = forms.BooleanField(
        label=gettext_lazy("Without my name"),
        required=False,
        help_text=gettext_lazy("Nobody sees who wrote it, those who host included."),
    )

    def __init__(self, *args: Any, session: ThemeSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prompt"].choices = list(enumerate(session.prompts))  # type: ignore[attr-defined]
        if len(session.prompts) == 1:
            self.fields["prompt"].widget = forms.HiddenInput()
            self.initial.setdefault("prompt", 0)


class BoardForm(forms.Form):
    """Themes by name, a few new ones, and for each note in which it belongs."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, themes: Sequence[Theme], notes: Sequence[ThemeNote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes, self.notes = themes, notes
        choices = [(NO_THEME, _("No theme yet")), *((str(theme.pk), theme.name) for theme in themes)]
        choices += [(f"new_{n}", _("New theme %(number)d") % {"number": n}) for n in range(1, NEW_THEMES + 1)]
        for theme in themes:
            self.fields[f"theme_{theme.pk}"] = forms.CharField(
                label=_("Theme"), max_length=LONGEST_THEME, required=False, initial=theme.name
            )
        for n in range(1, NEW_THEMES + 1):
            self.fields[f"new_{n}"] = forms.CharField(
                label=_("New theme %(number)d") % {"number": n}, max_length=LONGEST_THEME, required=False
            )
        for note in notes:
            self.fields[f"note_{note.pk}"] = forms.ChoiceField(
                label=note.text, choices=choices, initial=str(note.theme_id or NO_THEME)
            )

    @property
    def theme_fields(self) -> list[forms.BoundField]:
        return [self[f"theme_{theme.pk}"] for theme in self.themes]

    @property
    def new_fields(self) -> list[forms.BoundField]:
        return [self[f"new_{n}"] for n in range(1, NEW_THEMES + 1)]

    @property
    def note_fields(self) -> list[tuple[ThemeNote, forms.BoundField, str]]:
        """Each note with its field, and where the board has it where what is chosen says otherwise."""
        found = []
        for note in self.notes:
            bound = self[f"note_{note.pk}"]
            is_other = self.is_bound and str(bound.value()) != str(note.theme_id or NO_THEME)
            now = (note.theme.name if note.theme is not None else _("No theme yet")) if is_other else ""
            found.append((note, bound, now))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(1, NEW_THEMES + 1):
            is_used = any(cleaned.get(f"note_{note.pk}") == f"new_{n}" for note in self.notes)
            if is_used and not cleaned.get(f"new_{n}") and f"new_{n}" not in self.errors:
                self.add_error(f"new_{n}", ValidationError(_("Please name the theme that you chose."), code="required"))
        return cleaned

    @property
    def board(self) -> Board:
        """What was chosen, as the action takes it."""
        given = self.cleaned_data
        return Board(
            names={theme.pk: given[f"theme_{theme.pk}"] for theme in self.themes},
            added={f"new_{n}": given[f"new_{n}"] for n in range(1, NEW_THEMES + 1)},
            places={note.pk: given[f"note_{note.pk}"] for note in self.notes},
        )


class DotsForm(forms.Form):
    """How many dots on each theme."""

    def __init__(self, *args: Any, session: ThemeSession, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = themes
        for theme in themes:
            self.fields[f"theme_{theme.pk}"] = forms.TypedChoiceField(
                label=theme.name,
                coerce=int,
                choices=[(n, _dots(n)) for n in range(session.dots + 1)],
            )

    @property
    def wanted(self) -> dict[int, int]:
        """Dots by theme."""
        return {theme.pk: self.cleaned_data[f"theme_{theme.pk}"] for theme in self.themes}

    @property
    def rows(self) -> list[tuple[Theme, forms.BoundField]]:
        return [(theme, self[f"theme_{theme.pk}"]) for theme in self.themes]


class LinesField(forms.CharField):
    """Text in which the end of a line counts as one character, as it does once kept: browsers send two."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class SummaryForm(forms.Form):
    """The summary, and who may read it."""

    summary = LinesField(
        label=gettext_lazy("Summary"),
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy(
            "A draft from the themes. Make it yours: shorten it, add what was said. A line that begins with # is a "
            "heading, one that begins with - is an item of a list."
        ),
    )
    readers = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"), choices=SummaryFor.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @property
    def let_stand(self) -> list[str]:
        """Marks of names that may stand."""
        return self.data.getlist("stand") if hasattr(self.data, "getlist") else []


def _dots(count: int) -> str:
    return ngettext("%(count)d dot", "%(count)d dots", count) % {"count": count} if count else _("No dot")
