"""Writing a decision down, laying one before the group, and changing what is said of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.decisions.actions import Terms
from folkmoot.decisions.actions.recording import RECORDED
from folkmoot.decisions.days_off import country_choices, country_names
from folkmoot.decisions.domain.silence import MOST_DAYS
from folkmoot.decisions.models import UNSETTLED, Decision, Silence, Status
from folkmoot.decisions.queries import decisions_in_force, seen_by_all, usual_period
from folkmoot.decisions.wording import LONGEST_TEXT, Wording
from folkmoot.groups.models import Amendment, AmendmentState, Group
from folkmoot.plan.entered import LONGEST_TITLE, LONGEST_WHY
from folkmoot.plan.objectives import Objectives

MARKDOWN = gettext_lazy("You may use Markdown: lists, links, emphasis.")
MOST_CHOICES = 200


def long_field(label: Any, rows: int, *, required: bool = False, hint: Any = MARKDOWN) -> forms.CharField:
    """Several lines of Markdown."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=hint,
    )


class WordsForm(forms.Form):
    """What a decision says."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=LONGEST_TITLE)
    text = long_field(
        gettext_lazy("What is decided?"),
        8,
        required=True,
        hint=gettext_lazy("The sentences that hold from then on; they are fixed once it is adopted. Markdown is fine."),
    )
    rationale = long_field(gettext_lazy("Why?"), 5)
    alternatives = long_field(gettext_lazy("What else was considered?"), 4)


class WordingForm(WordsForm):
    """What a decision says, and what it rests on, serves, supersedes and adopts."""

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        objectives = Objectives(group)
        clauses = objectives.charter.clauses.all() if objectives.charter else ()
        self.fields["clause"] = forms.ChoiceField(
            label=_("By which clause of the charter?"),
            required=False,
            choices=[("", _("None in particular")), *((one.anchor, str(one)) for one in clauses if one.heading)],
        )
        if objectives.all:
            self.fields["objective"] = forms.ChoiceField(
                label=_("Which objective does it serve?"),
                required=False,
                choices=[("", _("None in particular")), *((one.name, one.name) for one in objectives.all)],
            )
        in_force = decisions_in_force(group).filter(seen_by_all())[:MOST_CHOICES]
        self.superseded = {str(one.pk): one for one in in_force}
        if self.superseded:
            self.fields["supersedes"] = forms.ChoiceField(
                label=_("Does it take the place of another decision?"),
                required=False,
                choices=[("", _("No")), *((key, str(one)) for key, one in self.superseded.items())],
            )
        proposed = Amendment.objects.filter(group=group, state=AmendmentState.PROPOSED).exclude(
            decisions__status__in=UNSETTLED
        )
        self.amendments = {str(one.pk): one for one in proposed.select_related("base")[:MOST_CHOICES]}
        if self.amendments:
            self.fields["amendment"] = forms.ChoiceField(
                label=_("Does it adopt an amendment of the charter?"),
                required=False,
                help_text=_("The amendment is adopted together with the decision."),
                choices=[
                    ("", _("No")),
                    *(
                        (key, _("Amendment %(number)s") % {"number": one.number})
                        for key, one in self.amendments.items()
                    ),
                ],
            )

    @property
    def wording(self) -> Wording:
        given = self.cleaned_data
        return Wording(
            title=given["title"],
            text=given["text"],
            rationale=given["rationale"],
            alternatives=given["alternatives"],
            clause=given["clause"],
            objective=given.get("objective", ""),
            supersedes=self.superseded.get(given.get("supersedes", "")),
            amendment=self.amendments.get(given.get("amendment", "")),
        )


class RecordForm(WordingForm):
    """A decision that was reached on a call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on_day"] = forms.DateField(
            label=_("On which day was it reached?"),
            required=False,
            help_text=_("Today, if you leave it empty."),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        self.fields["status"] = outcome_field()
        self.fields["reason"] = reason_field(_("If it was declined or referred: why, or to whom?"), required=False)


class ProposalForm(WordingForm):
    """A decision to be reached by silence, with how long that lasts."""

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, group=group, **kwargs)
        stated = usual_period(group)
        add_terms(self, stated.days, skips_weekends=stated.working, countries=())

    @property
    def terms(self) -> Terms:
        return given_terms(self)


class ChangeForm(WordsForm):
    """Another text for what lies before the group; the time begins anew."""

    why = forms.CharField(
        label=gettext_lazy("What was changed, and why?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("Everybody who takes part reads this."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, silence: Silence | None, **kwargs: Any) -> None:
        kwargs["initial"] = {
            name: getattr(decision, name) for name in ("title", "text", "rationale", "alternatives", "edition")
        }
        super().__init__(*args, **kwargs)
        if silence is not None:
            add_terms(self, silence.days, skips_weekends=silence.skips_weekends, countries=silence.countries)
        self.order_fields(["title", "text", "rationale", "alternatives", "why"])

    @property
    def terms(self) -> Terms:
        return given_terms(self)


class CorrectionForm(forms.Form):
    """A correction of what is said beside a settled decision."""

    rationale = long_field(gettext_lazy("Why?"), 6)
    alternatives = long_field(gettext_lazy("What else was considered?"), 5)
    why = forms.CharField(
        label=gettext_lazy("What do you correct, and why?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("It stands beside the correction, and so does what stood there before."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(decision, name) for name in ("rationale", "alternatives", "edition")}
        super().__init__(*args, **kwargs)


class WordsOfOneForm(forms.Form):
    """Some words of one person: an objection, an answer, the reason for withdrawing."""

    words = forms.CharField(max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, hint


class TaskForm(forms.Form):
    """Something that is to be done because of a decision."""

    title = forms.CharField(label=gettext_lazy("What is to be done?"), max_length=LONGEST_TITLE)
    due_on = forms.DateField(
        label=gettext_lazy("By which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SettleForm(forms.Form):
    """What became of it on a call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"] = outcome_field()
        self.fields["reason"] = reason_field(_("If it was declined or referred: why, or to whom?"), required=False)


def outcome_field() -> forms.ChoiceField:
    """What became of a decision on a call."""
    words = {Status.ADOPTED: _("Adopted"), Status.DECLINED: _("Declined"), Status.REFERRED: _("Referred to others")}
    return forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(status.value, words[status]) for status in RECORDED],
        initial=Status.ADOPTED.value,
        widget=forms.RadioSelect,
    )


def reason_field(label: str, *, required: bool = True) -> forms.CharField:
    """A reason in a line."""
    return forms.CharField(label=label, required=required, max_length=LONGEST_WHY)


def add_terms(form: forms.Form, days: int, *, skips_weekends: bool, countries: Any) -> None:
    """Ask how long silence lasts."""
    form.fields["days"] = forms.IntegerField(
        label=_("How many days does silence last?"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=days,
        help_text=_("Whole days for everybody, wherever they live; the last one is over when it is over everywhere."),
    )
    form.fields["skips_weekends"] = forms.BooleanField(
        label=_("Weekends do not count"), required=False, initial=skips_weekends
    )
    form.fields["countries"] = forms.CharField(
        label=_("Public holidays of which countries do not count?"),
        required=False,
        max_length=400,
        initial=", ".join(country_names(countries)),
        help_text=_("Names or codes with commas between them, such as “Portugal, KE”. Empty for none."),
    )


def given_terms(form: forms.Form) -> Terms:
    """The terms that were filled in; a name that is no country's stays as it is, for the action to refuse."""
    codes = {name.casefold(): code for code, name in country_choices()}
    given = [one.strip() for one in form.cleaned_data.get("countries", "").split(",") if one.strip()]
    return Terms(
        form.cleaned_data["days"],
        skips_weekends=form.cleaned_data["skips_weekends"],
        countries=[codes.get(one.casefold(), one) for one in given],
    )
