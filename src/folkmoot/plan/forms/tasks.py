"""What people fill in about tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.models import Group
from folkmoot.groups.queries import participations_now
from folkmoot.people.models import Person
from folkmoot.plan.actions.wording import LONGEST_TITLE, LONGEST_WHY, LONGEST_WORDS
from folkmoot.plan.queries import objectives_of


def day_field(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    """A day, by the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class OwnTaskForm(forms.Form):
    """A task that somebody keeps for themselves."""

    title = forms.CharField(label=gettext_lazy("What do you want to do?"), max_length=LONGEST_TITLE)
    due_on = day_field(gettext_lazy("By which day?"))


class TaskForm(forms.Form):
    """A task of a group; `owner` is asked only for a new one."""

    title = forms.CharField(label=gettext_lazy("What is to be done?"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=gettext_lazy("What should one know?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    owner = forms.ChoiceField(
        label=gettext_lazy("Who does it?"),
        required=False,
        help_text=gettext_lazy("Whoever you name is asked, and has it once they say yes."),
    )
    due_on = day_field(gettext_lazy("By which day?"))
    due_at = forms.TimeField(
        label=gettext_lazy("By which hour?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    clause_anchor = forms.ChoiceField(label=gettext_lazy("Which part of the charter does it serve?"), required=False)
    is_first_task = forms.BooleanField(
        label=gettext_lazy("Good for somebody who has just come"),
        required=False,
        help_text=gettext_lazy("It is then shown to newcomers as a first small task."),
    )

    def __init__(
        self, *args: Any, group: Group, person: Person, is_new: bool, leads: bool, kept_clause: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            nobody = ("", _("Nobody yet: whoever wishes may take it"))
            self.fields["owner"].choices = [nobody, *people_choices(group, person)]  # type: ignore[attr-defined]
        else:
            del self.fields["owner"]
        clauses = objectives_of(group)
        if kept_clause and kept_clause not in dict(clauses):
            clauses = [(kept_clause, _("As it is now, a clause of an earlier charter")), *clauses]
        if clauses:
            self.fields["clause_anchor"].choices = [("", _("None in particular")), *clauses]  # type: ignore[attr-defined]
        else:
            del self.fields["clause_anchor"]
        if not leads:
            del self.fields["is_first_task"]


class GiveForm(forms.Form):
    """Who is asked to take a task."""

    to = forms.ChoiceField(
        label=gettext_lazy("Who could do it?"),
        help_text=gettext_lazy("They are asked, and may say no. Until they say yes it stays where it is."),
    )

    def __init__(self, *args: Any, group: Group, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = people_choices(group, person)  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """A few words of reason."""

    why = forms.CharField(label=gettext_lazy("Why?"), max_length=LONGEST_WHY)


def people_choices(group: Group, person: Person | None = None) -> list[tuple[str, str]]:
    """Everybody in a group by name, oneself first."""
    names = {one.person.pk: one.person.name for one in participations_now(group)}
    choices = [(str(pk), name) for pk, name in sorted(names.items(), key=lambda pair: pair[1].casefold())]
    if person is not None and person.pk in names:
        mine = str(person.pk)
        choices = [(mine, _("I do it myself")), *(choice for choice in choices if choice[0] != mine)]
    return choices
