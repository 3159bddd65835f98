"""What people fill in to ask for help, to give it, and to say how a desk works."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.models.helping import (
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Face,
    HelpDesk,
    HelpMessage,
    Urgency,
)
from folkmoot.people.models import Person

LIVE = {
    "hx-trigger": "input changed delay:400ms",
    "hx-target": "#offered",
    "hx-include": "closest form",
    "hx-sync": "closest form:replace",
}


class AskForm(forms.Form):
    """A question. `once` is the mark by which a form that is sent twice asks once."""

    title = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("In a line. What may answer it already is shown below while you write."),
    )
    text = forms.CharField(
        label=gettext_lazy("What have you tried, and where are you stuck?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False, choices=[])
    urgency = forms.ChoiceField(label=gettext_lazy("How urgent is it?"), choices=[], widget=forms.RadioSelect)
    is_private = forms.BooleanField(label=gettext_lazy("Ask in private"), required=False)
    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, desk: HelpDesk, expected: dict[str, str], address: str, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial={"urgency": Urgency.MEDIUM, "once": secrets.token_urlsafe(16), **initial})
        for name in ("title", "text"):
            self.fields[name].widget.attrs.update({**LIVE, "hx-post": address})
        topics = self.fields["topic"]
        topics.choices = [("", _("Something else")), *((one, one) for one in desk.topics)]  # type: ignore[attr-defined]
        self.fields["urgency"].choices = [  # type: ignore[attr-defined]
            (one.value, f"{one.label}: {expected[one.value]}") for one in Urgency
        ]
        who = _("Only you, those who help at this desk and those who lead it can read it. Nobody else learns of it.")
        self.fields["is_private"].help_text = who
        if not desk.topics:
            del self.fields["topic"]


class SayForm(forms.Form):
    """A line of the conversation."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    asks_back = forms.BooleanField(
        label=gettext_lazy("I need a reply before I can go on"),
        required=False,
        help_text=gettext_lazy("The clock stands still until it comes."),
    )

    def __init__(self, *args: Any, is_helper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_helper:
            del self.fields["asks_back"]
            self.fields["text"].label = _("Write more")


class OwnerForm(forms.Form):
    """To whom a request is given."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Give it to"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody for now"),
    )

    def __init__(self, *args: Any, helpers: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [person.pk for person in helpers]
        self.fields["owner"].queryset = Person.objects.filter(pk__in=keys).order_by("name", "pk")  # type: ignore[attr-defined]


class UrgencyForm(forms.Form):
    """Another urgency, and why."""

    urgency = forms.ChoiceField(label=gettext_lazy("How urgent it is"), choices=Urgency.choices)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=LONGEST_REASON)


class AnswerForm(forms.Form):
    """Which answer helped."""

    answer = forms.ModelChoiceField(queryset=HelpMessage.objects.none())

    def __init__(self, *args: Any, pk: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].queryset = HelpMessage.objects.filter(request=pk)  # type: ignore[attr-defined]


class RateForm(forms.Form):
    """How well somebody was helped."""

    face = forms.ChoiceField(label=gettext_lazy("Did it help?"), choices=Face.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Anything you want to add"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("Those who help at this desk read it, with your name."),
    )


class PointForm(forms.Form):
    """The number of the question that is the same."""

    other = forms.IntegerField(
        label=gettext_lazy("Number of the question that is the same"),
        min_value=1,
        max_value=2**31,
        help_text=gettext_lazy("It stands at the end of its address."),
    )
