"""What people fill in to put a motion, amend it, and vote on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.decisions.actions.motion_amendments import LONGEST_WHY
from folkmoot.decisions.actions.positions import LONGEST_TEXT as LONGEST_POSITION
from folkmoot.decisions.actions.votes import ANYWHERE
from folkmoot.decisions.domain.paragraphs import split
from folkmoot.decisions.domain.tally import Value
from folkmoot.decisions.models import Motion, MotionAmendment, Voter
from folkmoot.decisions.wording import LONGEST_TEXT
from folkmoot.groups.models import Amendment, AmendmentState, Group
from folkmoot.groups.queries import ancestors
from folkmoot.organisation.queries import the_organisation, today_here
from folkmoot.plan.entered import LONGEST_TITLE
from folkmoot.plan.entered import LONGEST_WHY as LONGEST_REASON
from folkmoot.plan.objectives import Objectives
from folkmoot.ui.slots import Label

USUAL_DAYS = 7
SHOWN_OF_A_PARAGRAPH = 60


class WordsForm(forms.Form):
    """The words of a motion."""

    title = forms.CharField(label=gettext_lazy("What is it about?"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("What shall be decided?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("In short paragraphs, with an empty line between them: others can amend each of them."),
    )
    rationale = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MotionForm(WordsForm):
    """A motion, the objective it serves, and the change of the charter that is adopted with it."""

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [one.name for one in Objectives(group).all if one.name]
        self.fields["objective"] = forms.ChoiceField(
            label=_("Which objective does it serve?"),
            required=False,
            choices=[("", _("None in particular")), *((name, name) for name in names)],
        )
        self.fields["amendment"] = AmendmentField(group)


class AmendmentField(forms.ModelChoiceField[Amendment]):
    """The open amendments of a charter."""

    def __init__(self, group: Group) -> None:
        super().__init__(
            Amendment.objects.filter(group=group, state=AmendmentState.PROPOSED),
            label=_("Does it adopt a change of the charter?"),
            required=False,
            empty_label=_("No"),
        )

    def label_from_instance(self, obj: Amendment) -> str:
        return _("Amendment %(number)d") % {"number": obj.number}


class ChangeForm(WordsForm):
    """Other words, and the edition that their author had before them."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class ParagraphForm(forms.Form):
    """An amendment of one paragraph."""

    paragraph = forms.TypedChoiceField(label=gettext_lazy("Which paragraph?"), coerce=int)
    change = forms.ChoiceField(
        label=gettext_lazy("What shall become of it?"),
        choices=MotionAmendment.Kind.choices,
        widget=forms.RadioSelect,
        initial=MotionAmendment.Kind.REPLACE,
    )
    text = forms.CharField(
        label=gettext_lazy("The words that shall stand there"),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Leave it empty where the paragraph is to be left out."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=LONGEST_WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[int, Label]] = [(0, _("0: before the first, for a new one"))]
        choices += [(number, f"{number}: {_shortened(text)}") for number, text in enumerate(split(motion.text), 1)]
        field = self.fields["paragraph"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices


class AnswerForm(forms.Form):
    """Accept an amendment or decline it."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What shall become of it?"),
        choices=[("accept", gettext_lazy("Accept it: the text changes")), ("decline", gettext_lazy("Decline it"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("A few words where you decline it; they stay beside the amendment."),
    )


class EndForm(forms.Form):
    """The day on which a vote ends."""

    closes_on = forms.DateField(
        label=gettext_lazy("Last day of the vote"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("closes_on", today_here() + timedelta(days=USUAL_DAYS))
        super().__init__(*args, **kwargs)


class VoteForm(EndForm):
    """The day on which a vote ends, and where."""

    zone = forms.ChoiceField(label=gettext_lazy("When is that day over?"), widget=forms.RadioSelect, initial=ANYWHERE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = the_organisation()
        own = [organisation.zone if organisation else "UTC", timezone.get_current_timezone_name()]
        zones = [zone for zone in dict.fromkeys(own) if zone != ANYWHERE]
        field = self.fields["zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (ANYWHERE, _("When it is over everywhere on Earth, so that it is on nobody’s clock too early")),
            *((zone, _("At midnight in %(zone)s") % {"zone": zone.replace("_", " ")}) for zone in zones),
        ]


HINTS: dict[str, Label] = {
    Value.APPROVE: gettext_lazy("I approve"),
    Value.DECLINE: gettext_lazy("I decline"),
    Value.BLOCK: gettext_lazy("I block: it must not be carried like this, and I say why"),
    Value.ABSTAIN: gettext_lazy("I abstain: I take part, and leave it to the others"),
    Value.ABSENT: gettext_lazy("I am absent: please do not count on me for the quorum"),
}


class PositionForm(forms.Form):
    """A position, in one's own words where one likes."""

    value = forms.ChoiceField(label=gettext_lazy("Your position"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        max_length=LONGEST_POSITION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, voter: Voter, clearing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blocks = voter.binding and not clearing
        field = self.fields["value"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(value), words) for value, words in HINTS.items() if blocks or value != Value.BLOCK]
        if clearing:
            field.label = _("Your position now")
            self.fields["text"].label = _("What has changed?")
            self.fields["text"].required = True
        elif blocks:
            self.fields["text"].help_text = _("A block needs words, so that others can do something about it.")


class ReferForm(forms.Form):
    """Hand a motion to a group above."""

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = ancestors(group)
        self.fields["to"] = forms.ModelChoiceField(
            Group.objects.filter(pk__in=[one.pk for one in above]),
            label=_("To which group?"),
            initial=above[0].pk if above else None,
            empty_label=None,
        )
        self.fields["why"] = forms.CharField(label=_("Why?"), max_length=LONGEST_REASON)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Why?"), max_length=LONGEST_REASON)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_OF_A_PARAGRAPH else line[:SHOWN_OF_A_PARAGRAPH].rstrip() + "…"
