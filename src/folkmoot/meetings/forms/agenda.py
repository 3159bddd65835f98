"""What people fill in about agendas."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.models import Group
from folkmoot.meetings.actions.agenda import LONGEST_NAME, ItemWords
from folkmoot.meetings.actions.agenda_usual import MOST_DAYS, MOST_USUAL, UsualItem
from folkmoot.meetings.models import AgendaItem, Kind
from folkmoot.meetings.models.agenda import LONGEST_MINUTES
from folkmoot.meetings.seen_form import SeenForm
from folkmoot.people.guards import GuardedForm
from folkmoot.people.models import Person
from folkmoot.people.upload_field import UploadField
from folkmoot.plan.entered import LONGEST_TITLE, LONGEST_WHY, LONGEST_WORDS
from folkmoot.plan.objectives import Objectives
from folkmoot.plan.who import people_in

BLANK_LINES = 2


def _title() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("What is it about?"), max_length=LONGEST_TITLE)


def _text(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )


def _minutes(words: Any, initial: int = 10) -> forms.IntegerField:
    return forms.IntegerField(label=words, min_value=0, max_value=LONGEST_MINUTES, initial=initial)


def _somebody(label: Any, group: Group, present: Person | None = None) -> forms.ModelChoiceField[Person]:
    """Somebody of the group, or nobody; who is named now can stay so after leaving."""
    people = people_in(group)
    if present is not None:
        people = Person.objects.filter(Q(pk__in=people.order_by().values("pk")) | Q(pk=present.pk)).order_by(
            "name", "pk"
        )
    return forms.ModelChoiceField(people, label=label, required=False, empty_label=_("Nobody yet"))


def _objective(objectives: Objectives, kept: str) -> forms.ChoiceField:
    """What the item serves in the charter in force; what it was put there for can stay."""
    named = [(one.name, f"§ {one.number} {one.name}" if one.number else one.name) for one in objectives.all if one.name]
    if kept and kept not in dict(named):
        named.append((kept, _("%(name)s (not in the charter any more)") % {"name": kept}))
    return forms.ChoiceField(
        label=_("Which objective does it serve?"), required=False, choices=[("", _("None in particular")), *named]
    )


class ItemForm(SeenForm):
    """An item, also one that is asked for. `version` and `seen` are what was there when the form was opened."""

    title = _title()
    kind = forms.ChoiceField(
        label=gettext_lazy("What is to come of it?"),
        choices=Kind.choices,
        initial=Kind.DISCUSS,
        widget=forms.RadioSelect,
    )
    minutes = _minutes(gettext_lazy("How many minutes?"))
    text = _text(
        gettext_lazy("What should one know before?"), gettext_lazy("Markdown works: lists, links, *emphasis*.")
    )
    owner_name = forms.CharField(
        label=gettext_lazy("Or a guest leads it"),
        help_text=gettext_lazy("A name, for somebody who does not take part in the group."),
        required=False,
        max_length=LONGEST_NAME,
    )
    is_consent = forms.BooleanField(
        label=gettext_lazy("Passes together with others"),
        help_text=gettext_lazy("For what needs no words. Anybody in the group may take it out until the call begins."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ("title", "kind", "minutes", "owner", "owner_name", "objective", "text", "is_consent")

    def __init__(self, *args: Any, group: Group, leads: bool, item: AgendaItem | None = None, **kwargs: Any) -> None:
        if item is not None:
            now = as_typed(item)
            kwargs["initial"] = {**now, "version": item.version, "seen": json.dumps(now), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["owner"] = _somebody(_("Who leads it?"), group, item.owner if item else None)
        objectives = Objectives(group)
        if objectives.all or (item is not None and item.objective):
            self.fields["objective"] = _objective(objectives, item.objective if item else "")
        if not leads:
            del self.fields["is_consent"]
        if item is None:
            del self.fields["version"], self.fields["seen"]
        self.order_fields([*self.field_order, "version", "seen"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("owner") and cleaned.get("owner_name"):
            self.add_error("owner_name", _("One leads an item: somebody of the group, or a guest."))
        return cleaned

    @property
    def words(self) -> ItemWords:
        """What was filled in."""
        given = self.cleaned_data
        return ItemWords(
            title=given["title"],
            text=given["text"],
            minutes=given["minutes"],
            kind=given["kind"],
            owner=given["owner"],
            owner_name=given["owner_name"],
            objective=given.get("objective", ""),
            is_consent=given.get("is_consent", False),
        )

    @property
    def typed(self) -> dict[str, str]:
        """The same as texts, to be set beside what somebody else typed."""
        given = self.cleaned_data
        texts = {name: given[name] for name in ("title", "text", "owner_name", "kind")}
        texts |= {"minutes": str(given["minutes"]), "owner": str(given["owner"].pk) if given["owner"] else ""}
        texts["text"] = texts["text"].replace("\r\n", "\n")
        if "objective" in given:
            texts["objective"] = given["objective"]
        if "is_consent" in given:
            texts["is_consent"] = "on" if given["is_consent"] else ""
        return texts


def as_typed(item: AgendaItem) -> dict[str, str]:
    """An item as the texts that its form holds."""
    return {
        "title": item.title,
        "kind": item.kind,
        "minutes": str(item.minutes),
        "text": item.text,
        "owner": str(item.owner_id or ""),
        "owner_name": item.owner_name,
        "objective": item.objective,
        "is_consent": "on" if item.is_consent else "",
    }


class DeclineForm(forms.Form):
    """Why something does not come onto the agenda."""

    why = forms.CharField(
        label=gettext_lazy("Why not this time?"),
        help_text=gettext_lazy("Whoever asked reads it."),
        max_length=LONGEST_WHY,
        required=False,
    )


class LinkForm(forms.Form):
    """A page elsewhere that one should read."""

    title = forms.CharField(label=gettext_lazy("What is it called?"), max_length=LONGEST_TITLE)
    url = forms.CharField(
        label=gettext_lazy("Its address"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class MaterialFileForm(forms.Form):
    """A file that one should read."""

    file = UploadField(label=gettext_lazy("The file"))
    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("Without this, it goes by the name of the file."),
    )


class ActionForm(forms.Form):
    """Who does what because of an item."""

    title = forms.CharField(label=gettext_lazy("What is to be done?"), max_length=LONGEST_TITLE)
    due_on = forms.DateField(
        label=gettext_lazy("By which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("They have said yes already"),
        help_text=gettext_lazy("Without this, whoever you name is asked first."),
        required=False,
    )

    field_order = ("title", "owner", "due_on", "agreed")

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = _somebody(_("Who does it?"), group)
        self.order_fields(self.field_order)


class GuestForm(GuardedForm):
    """What a guest asks for."""

    title = _title()
    text = _text(gettext_lazy("What should one know before?"))
    minutes = _minutes(gettext_lazy("How many minutes?"))
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=LONGEST_NAME)
    mail = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy(
            "If you wish an answer. Those who lead the group see it; it is forgotten a month after the call."
        ),
        required=False,
    )


class UsualAgendaForm(forms.Form):
    """How many days before a call a usual agenda is laid out; its lines are a `UsualLines`."""

    days_before = forms.IntegerField(
        label=gettext_lazy("How many days before a call?"),
        help_text=gettext_lazy("0 for never by itself."),
        min_value=0,
        max_value=MOST_DAYS,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class UsualLineForm(forms.Form):
    """One line; a line without a title is left out."""

    title = forms.CharField(label=gettext_lazy("What is it about?"), max_length=LONGEST_TITLE, required=False)
    minutes = _minutes(gettext_lazy("Minutes"), 5)
    kind = forms.ChoiceField(label=gettext_lazy("What is to come of it?"), choices=Kind.choices, initial=Kind.INFORM)
    place = forms.IntegerField(label=gettext_lazy("Place"), min_value=1, max_value=99)
    is_consent = forms.BooleanField(label=gettext_lazy("Passes together with others"), required=False)
    at_end = forms.BooleanField(label=gettext_lazy("Closes the call"), required=False)

    def line(self) -> UsualItem:
        given = self.cleaned_data
        return UsualItem(given["title"], given["minutes"], given["kind"], given["is_consent"], given["at_end"])


UsualLines = forms.formset_factory(UsualLineForm, extra=0, max_num=MOST_USUAL, absolute_max=40)


def initial_lines(lines: list[UsualItem]) -> list[dict[str, Any]]:
    """Lines as the form begins with them, and some blank ones."""
    filled: list[dict[str, Any]] = [
        {
            "title": line.title,
            "minutes": line.minutes,
            "kind": line.kind,
            "is_consent": line.is_consent,
            "at_end": line.at_end,
            "place": place,
        }
        for place, line in enumerate(lines, 1)
    ]
    blank = [{"place": len(filled) + 1 + number, "minutes": 5} for number in range(BLANK_LINES)]
    return [*filled, *blank][:MOST_USUAL]


def filled_in(lines: forms.BaseFormSet[UsualLineForm]) -> list[UsualItem]:
    """The lines that have a title, in the order of their places."""
    filled = [form for form in lines.forms if form.cleaned_data.get("title", "").strip()]
    return [form.line() for form in sorted(filled, key=lambda form: form.cleaned_data["place"])]
