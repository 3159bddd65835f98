"""Proposing, changing and moving an initiative, and telling how it goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.models import Group
from folkmoot.plan.domain.lifecycle import FOLLOWS, Stage
from folkmoot.plan.entered import LONGEST_TITLE, LONGEST_WHY, LONGEST_WORDS
from folkmoot.plan.forms.choices import day_field, objective_field, people_field, person_field
from folkmoot.plan.models import Initiative
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.words_for_states import move_words, stage_asks

MARKDOWN = _("You may use Markdown: lists, links, emphasis.")


class ProposalForm(forms.Form):
    """An idea, and who would lead it."""

    title = forms.CharField(label=_("What shall it be called?"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=_("What is it, and what is it for?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=MARKDOWN,
    )

    def __init__(self, *args: Any, group: Group, objectives: Objectives, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"] = objective_field(objectives)
        self.fields["lead"] = person_field(_("Who would lead it?"), group)


class InitiativeForm(ProposalForm):
    """Everything that is said of an initiative."""

    def __init__(self, *args: Any, initiative: Initiative, objectives: Objectives, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": initiative.title,
            "words": initiative.words,
            "objective": initiative.objective,
            "lead": initiative.lead_id,
            "starts_on": initiative.starts_on,
            "ends_on": initiative.ends_on,
            "links": "\n".join(f"{one['name']} {one['url']}".strip() for one in initiative.links),
            "helpers": list(initiative.helpers.values_list("person_id", flat=True)),
        }
        super().__init__(*args, group=initiative.group, objectives=objectives, **kwargs)
        self.fields["objective"] = objective_field(objectives, initiative)
        self.fields["lead"] = person_field(_("Who leads it?"), initiative.group, initiative.lead)
        self.fields["starts_on"] = day_field(_("First day"))
        self.fields["ends_on"] = day_field(_("Last day"))
        self.fields["links"] = forms.CharField(
            label=_("Links"),
            required=False,
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("One in a line: a name and an address, such as “Plan https://example.org/plan”."),
        )
        self.fields["helpers"] = people_field(_("Who helps?"), initiative.group)


class StageForm(forms.Form):
    """On to another stage."""

    to = forms.ChoiceField(label=_("What shall become of it?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_WHY,
        help_text=_("A few words; they stay beside the change for all to read."),
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        was = Stage(initiative.stage)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (now.value, f"{move_words(was, now)}. {stage_asks(now)}") for now in FOLLOWS[was]
        ]


class UpdateForm(forms.Form):
    """How it goes."""

    words = forms.CharField(
        label=_("How does it go?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=MARKDOWN,
    )
    on = day_field(_("On which day?"), help_text=_("Today, if you leave it empty."))
