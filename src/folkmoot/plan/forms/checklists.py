"""What people fill in about checklists and their templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.models import Group
from folkmoot.plan.actions.wording import LONGEST_TITLE, LONGEST_WHY, LONGEST_WORDS
from folkmoot.plan.checks import CHECKS
from folkmoot.plan.domain.offsets import FURTHEST
from folkmoot.plan.forms.tasks import day_field, people_choices
from folkmoot.plan.links import LINKS
from folkmoot.plan.models import ChecklistTemplate, TemplateLine
from folkmoot.plan.parts import NOBODY_NAMED, parts_in

MOST_REMINDERS = 5


class StartForm(forms.Form):
    """Which list, from which day, for whom."""

    template = forms.ChoiceField(label=gettext_lazy("Which checklist?"), widget=forms.RadioSelect)
    anchor = day_field(
        gettext_lazy("Which day do its steps count from?"),
        required=True,
        hint=gettext_lazy("Steps that would lie in the past are dated from today on."),
    )
    person = forms.ChoiceField(label=gettext_lazy("Whom is it for?"), required=False)

    def __init__(self, *args: Any, templates: Sequence[ChecklistTemplate], group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(one.key, one.name) for one in templates]  # type: ignore[attr-defined]
        nobody = ("", _("Nobody in particular"))
        self.fields["person"].choices = [nobody, *people_choices(group)]  # type: ignore[attr-defined]


class ConfirmedStartForm(StartForm):
    """The same, once it was said that not all of it will work out."""

    all_the_same = forms.BooleanField(label=gettext_lazy("Start it all the same"))


class MoveForm(forms.Form):
    """The other day that a list counts from."""

    anchor = day_field(
        gettext_lazy("Which day do its steps count from?"),
        required=True,
        hint=gettext_lazy("Open steps are dated again, none of them before today. What is done stays as it is."),
    )


class ReasonForm(forms.Form):
    """Why a step is left out."""

    reason = forms.CharField(label=gettext_lazy("Why is it left out?"), max_length=LONGEST_WHY)


class TemplateForm(forms.Form):
    """How a template is called, and which day it counts from."""

    name = forms.CharField(label=gettext_lazy("What is it called?"), max_length=120)
    words = forms.CharField(
        label=gettext_lazy("What is it for?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    anchor_label = forms.CharField(
        label=gettext_lazy("Which day do its steps count from?"),
        max_length=120,
        help_text=gettext_lazy("In words, such as “the day of the open house”."),
    )


class NewTemplateForm(TemplateForm):
    """A template of a group's own."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not slugify(name):
            raise forms.ValidationError(_("Please give it a name with some Latin letters or digits in it."))
        return name

    @property
    def key(self) -> str:
        return str(slugify(self.cleaned_data["name"]))[:60]


class StepForm(forms.Form):
    """One step of a template."""

    title = forms.CharField(label=gettext_lazy("What is to be done?"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=gettext_lazy("What helps to do it?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    who = forms.ChoiceField(label=gettext_lazy("Who does it?"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("How many days from that day?"), min_value=0, max_value=FURTHEST, initial=0
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Before or after it?"),
        choices=(("after", gettext_lazy("after")), ("before", gettext_lazy("before"))),
        widget=forms.RadioSelect,
        initial="after",
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Days that it needs at least"),
        help_text=gettext_lazy("Counted from the step before it. Kept also when the list begins late."),
        min_value=0,
        max_value=FURTHEST,
        initial=0,
    )
    remind = forms.CharField(
        label=gettext_lazy("Remind how many days before?"),
        help_text=gettext_lazy("Numbers with commas, such as 3, 0. 0 is the day itself. Empty: no reminder."),
        required=False,
        max_length=40,
    )
    escalate = forms.IntegerField(
        label=gettext_lazy("Tell the managers when it is late by how many days?"),
        required=False,
        min_value=0,
        max_value=FURTHEST,
    )
    check_name = forms.ChoiceField(label=gettext_lazy("It ticks itself once"), required=False)
    link = forms.ChoiceField(label=gettext_lazy("A page that helps"), required=False)

    def __init__(self, *args: Any, group: Group | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [("", NOBODY_NAMED), *parts_in(group).items()]
        self.fields["who"].choices = parts  # type: ignore[attr-defined]
        checks = [(check.name, check.label) for check in CHECKS]
        self.fields["check_name"].choices = [("", _("never: somebody ticks it")), *checks]  # type: ignore[attr-defined]
        links = [(name, link.label) for name, link in LINKS.items()]
        self.fields["link"].choices = [("", _("none")), *links]  # type: ignore[attr-defined]

    def clean_remind(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["remind"].split(",") if part.strip()]
        if len(parts) > MOST_REMINDERS or not all(part.isdecimal() and len(part) <= 4 for part in parts):
            raise forms.ValidationError(_("Please write up to five numbers with commas between them."))
        return [int(part) for part in parts]

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.templates.save_step` takes."""
        given = dict(self.cleaned_data)
        days, side = given.pop("days"), given.pop("side")
        return {**given, "offset": -days if side == "before" else days}

    @staticmethod
    def initial_of(step: TemplateLine) -> dict[str, Any]:
        names = ("title", "words", "who", "minimum", "escalate", "check_name", "link")
        return {
            **{name: getattr(step, name) for name in names},
            "days": abs(step.offset),
            "side": "before" if step.offset < 0 else "after",
            "remind": ", ".join(str(number) for number in step.remind),
        }


class WelcomeOfferForm(forms.Form):
    """How many newcomers somebody would welcome at the same time."""

    most = forms.TypedChoiceField(
        label=gettext_lazy("How many newcomers at a time?"),
        coerce=int,
        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (0, gettext_lazy("None at present"))],
        widget=forms.RadioSelect,
    )
