"""Being found and by whom, looking for somebody, and asking to be introduced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.domain.directory import GROUPS, INTERESTS, LEVELS, ME, PARTS, PROFILE, SIGNED_IN, Wanted
from folkmoot.connections.models.directory import LONGEST_REACH, LONGEST_WHY, Findable
from folkmoot.connections.models.interests import LONGEST_WORDS, InterestSort
from folkmoot.connections.queries.interests import Interests
from folkmoot.people.domain.seeking import Words
from folkmoot.people.models import Profile, Seen
from folkmoot.people.shown import level_of

WHO_SEES: Mapping[str, Any] = {
    "cares": _("Who sees what you care about?"),
    "helps": _("Who sees what you can help with?"),
    "learns": _("Who sees what you want to learn?"),
    "languages": _("Who sees your languages?"),
    "region": _("Who sees where you are?"),
    "zone": _("Who sees your time zone?"),
    "about": _("Who sees what you say about yourself?"),
    "hours": _("Who sees how many hours they share with you?"),
    "groups": _("Who finds you by your groups?"),
}
CHOICES = ((ME, _("Only me")), (GROUPS, Seen.GROUPS.label), (SIGNED_IN, Seen.SIGNED_IN.label))
_BETWEEN = re.compile(r"[\n,;，、；،]")


class FindableForm(forms.Form):
    """Interests as words, and beside every part who sees it; of the profile never more than the profile shows."""

    def __init__(
        self, interests: Interests, chosen: Findable | None, profile: Profile | None, data: Any = None
    ) -> None:
        super().__init__(data)
        for sort in InterestSort:
            self.fields[sort.value] = forms.CharField(
                label=sort.label,
                required=False,
                max_length=2000,
                initial="\n".join(interests.of(sort).values()),
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("One on each line, or with commas between them."),
            )
        seen = chosen.seen if chosen else {}
        for part in PARTS:
            most = level_of(profile, part) if part in PROFILE and profile else ME if part in PROFILE else SIGNED_IN
            choices = [each for each in CHOICES if LEVELS.index(each[0]) <= LEVELS.index(most)]
            wished = seen.get(part, ME)
            self.fields[f"seen_{part}"] = forms.ChoiceField(
                label=WHO_SEES[part],
                choices=choices,
                initial=wished if wished in dict(choices) else choices[-1][0],
                disabled=len(choices) == 1,
                help_text=_("Your profile shows it to nobody, so neither can the directory.")
                if len(choices) == 1
                else _("Your profile shows it to people in your groups, so the directory shows it to no more.")
                if len(choices) < len(CHOICES)
                else "",
            )

    @property
    def interest_rows(self) -> list[tuple[str, BoundField, BoundField]]:
        return [(sort, self[sort], self[f"seen_{sort}"]) for sort in INTERESTS]

    def seen(self) -> dict[str, str]:
        """What was chosen, for `actions.directory.be_found`."""
        return {part: self.cleaned_data[f"seen_{part}"] for part in PARTS}

    def interests(self) -> dict[InterestSort, list[str]]:
        """What was said, for the same."""
        return {sort: _BETWEEN.split(self.cleaned_data[sort.value]) for sort in InterestSort}


class SeekForm(forms.Form):
    """Whom to find. What is not among the choices is sought all the same, and not found."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "data-shortcut": "/"}),
        help_text=_("A name, a subject, a language, a place."),
    )
    helps = forms.CharField(label=_("Can help with"), required=False, max_length=LONGEST_WORDS)
    learns = forms.CharField(label=_("Wants to learn"), required=False, max_length=LONGEST_WORDS)
    cares = forms.CharField(label=_("Cares about"), required=False, max_length=LONGEST_WORDS)
    group = forms.CharField(label=_("Group"), required=False)
    language = forms.CharField(label=_("Language"), required=False)
    region = forms.CharField(label=_("Where in the world"), required=False)
    hours = forms.CharField(label=_("Hours in common on a weekday"), required=False)

    def __init__(self, data: Any, choices: Mapping[str, Sequence[tuple[str, str]]], knows_hours: bool) -> None:
        super().__init__(data)
        for name in INTERESTS:
            self.fields[name].widget.attrs |= {"list": f"said-{name}", "autocomplete": "off"}
        for name, some in choices.items():
            self.fields[name].widget = forms.Select(choices=[("", _("Any")), *some])
        at_least = [(str(n), _("at least %(n)d") % {"n": n}) for n in (1, 2, 3, 4)]
        self.fields["hours"].widget = forms.Select(choices=[("", _("Any")), *at_least])
        if not knows_hours:
            self.fields["hours"].disabled = True
            self.fields["hours"].help_text = _(
                "Say in which hours calls suit you, and choose below who sees what they share with you: then you see "
                "the same of those who show it to you."
            )

    def wanted(self, words: Words) -> Wanted:
        """What was asked for, with the words as they were read."""
        given = self.cleaned_data
        hours = given["hours"] if given["hours"] in {"1", "2", "3", "4"} else "0"
        texts = {name: given[name] for name in ("group", "language", "region", *INTERESTS)}
        return Wanted(words=words, hours=int(hours), **texts)


class ReachForm(forms.Form):
    """How one wants to be reached by the other, once both said yes."""

    mail = forms.BooleanField(label=_("My e-mail address"), required=False)
    reach = forms.CharField(
        label=_("Another way, in your own words"),
        required=False,
        max_length=LONGEST_REACH,
        help_text=_("Such as your name in the chat, or the call after which you are free."),
    )

    def __init__(self, data: Any, address: str | None) -> None:
        super().__init__(data)
        self.fields["mail"].help_text = _("%(address)s; they get it once both of you said yes, not before.") % {
            "address": address or _("You have no address here")
        }
        if not address:
            self.fields["mail"].disabled = True


class AskForm(ReachForm):
    """Asking to be introduced."""

    why = forms.CharField(
        label=_("Why you would like to meet"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few words; they read them with your name before they decide."),
    )
    field_order = ("why", "mail", "reach")


class IntroduceForm(forms.Form):
    """Two people of a group who may like to know each other."""

    one = forms.ChoiceField(label=_("Introduce"))
    other = forms.ChoiceField(label=_("to"))
    why = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both read this, with the name of the other one."),
    )

    def __init__(self, data: Any, people: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        for name in ("one", "other"):
            self.fields[name].choices = [("", "–"), *people]  # type: ignore[attr-defined]
