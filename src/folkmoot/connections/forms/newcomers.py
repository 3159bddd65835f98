"""What people fill in about newcomers: an offer to be a buddy, an answer, what a group decides, small tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.actions.newcomers_first_tasks import MOST_MINUTES
from folkmoot.connections.models.newcomers import LONGEST_NEEDS, LONGEST_WORDS, BuddyMode, Going, Newcomer
from folkmoot.groups.models import Group
from folkmoot.plan.models import Task
from folkmoot.plan.queries import objectives_of

NO = "no"
OPEN_END = "open"
UNTIL = "until"


class OfferForm(forms.Form):
    """How many newcomers somebody would welcome at a time, and whether they pause."""

    most = forms.TypedChoiceField(
        label=gettext_lazy("How many newcomers at a time?"),
        coerce=int,
        choices=[(0, gettext_lazy("None")), (1, "1"), (2, "2"), (3, "3"), (4, "4")],
        widget=forms.RadioSelect,
    )
    pause = forms.ChoiceField(
        label=gettext_lazy("Somebody new now?"),
        choices=[
            (NO, gettext_lazy("Yes, ask me")),
            (OPEN_END, gettext_lazy("Not until I say so")),
            (UNTIL, gettext_lazy("Not until a day")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial=NO,
    )
    until = forms.DateField(
        label=gettext_lazy("Pause up to and with"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pause") == UNTIL and not given.get("until") and "until" not in self.errors:
            self.add_error("until", _("Please choose the last day of your pause."))
        return given


class CareForm(forms.Form):
    """What a group decides about its newcomers."""

    buddies = forms.ChoiceField(label=gettext_lazy("Buddies"), choices=BuddyMode.choices, widget=forms.RadioSelect)
    check_ins = forms.BooleanField(
        label=gettext_lazy("Ask newcomers how it goes, after 7, 30 and 90 days"),
        help_text=gettext_lazy("One question with three buttons. No answer is fine, and nobody is asked twice."),
        required=False,
    )
    clause = forms.ChoiceField(label=gettext_lazy("Which part of the charter it stands for"), required=False)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [("", _("none in particular")), *objectives_of(group)]  # type: ignore[attr-defined]


class CheckInForm(forms.Form):
    """How it goes; the answer is the button that was pressed."""

    answer = forms.ChoiceField(choices=Going.choices)
    words = forms.CharField(
        label=gettext_lazy("A few words, if you like"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    only_buddy = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        choices=[
            ("no", gettext_lazy("My buddy and those who lead the group")),
            ("yes", gettext_lazy("Only my buddy")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="no",
    )


class FirstTaskForm(forms.Form):
    """A task that is good to begin with, what one needs for it and how long it takes; and whom to ask."""

    task = forms.ModelChoiceField(label=gettext_lazy("Which task"), queryset=Task.objects.none())
    minutes = forms.IntegerField(
        label=gettext_lazy("About how many minutes?"), required=False, min_value=1, max_value=MOST_MINUTES
    )
    needs = forms.CharField(
        label=gettext_lazy("What does one need for it?"),
        help_text=gettext_lazy("Such as: a quiet hour, no account, some Portuguese."),
        required=False,
        max_length=LONGEST_NEEDS,
    )
    newcomer = forms.ModelChoiceField(
        label=gettext_lazy("Offer it to one newcomer"),
        help_text=gettext_lazy("They are asked and may say no. Without a name all newcomers see it."),
        queryset=Newcomer.objects.none(),
        required=False,
        empty_label=gettext_lazy("to all newcomers"),
    )

    def __init__(self, *args: Any, tasks: Any, newcomers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]
        self.fields["newcomer"].queryset = newcomers  # type: ignore[attr-defined]
        self.fields["newcomer"].label_from_instance = lambda one: one.person.name  # type: ignore[attr-defined]
