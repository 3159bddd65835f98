"""What people say of themselves, with who sees it, in one form; and the forms around a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from folkmoot.kit.errors import Refused
from folkmoot.people.actions.profiles import MOST_AFFILIATIONS, Affiliated, ProfileWords
from folkmoot.people.choices import zone_choices
from folkmoot.people.models import Affiliation, Person, Profile, Seen
from folkmoot.people.names import clean_name
from folkmoot.people.places import countries, languages, parts_of_the_world
from folkmoot.people.profile_words import (
    LONGEST_ABOUT,
    LONGEST_LABEL,
    LONGEST_URL,
    MOST_LANGUAGES,
    MOST_LINKS,
    Link,
    clean_link,
)
from folkmoot.people.shown import level_of

WHO_SEES: Mapping[str, Any] = {
    "pronouns": _("Who sees your pronouns?"),
    "pronunciation": _("Who sees how to say your name?"),
    "zone": _("Who sees your time zone?"),
    "languages": _("Who sees your languages?"),
    "region": _("Who sees where you are?"),
    "affiliations": _("Who sees whom you work or speak for?"),
    "links": _("Who sees your links?"),
    "about": _("Who sees what you say about yourself?"),
}
ORGANISATION, INDEPENDENT = "organisation", "independent"
KINDS = (("", "–"), (ORGANISATION, _("An organisation")), (INDEPENDENT, _("Nobody but myself")))


class ProfileForm(forms.Form):
    """One form for everything, so that one button keeps it; lists have two free lines more than they need."""

    name = forms.CharField(
        label=_("What shall we call you?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your name stands wherever you take part, for everyone who can see that page."),
    )
    pronouns = forms.CharField(
        label=_("Pronouns"), required=False, max_length=60, help_text=_("Such as she/her, they/them, or none.")
    )
    pronunciation = forms.CharField(
        label=_("How to say your name"), required=False, max_length=200, help_text=_("Such as “ah-DAH-eh-zeh”.")
    )
    zone = forms.ChoiceField(label=_("Your time zone"), required=False)
    region = forms.ChoiceField(
        label=_("Where in the world"), required=False, help_text=_("A country, or only the part of the world.")
    )
    about = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=LONGEST_ABOUT * 2,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few sentences in your own words."),
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        self.person = person
        profile = Profile.objects.filter(person=person).first() or Profile(person=person)
        lines = list(Affiliation.objects.filter(person=person))
        super().__init__(data, initial=_initial(person, profile))
        self.fields["zone"].choices = [("", _("As my device says")), *zone_choices()]  # type: ignore[attr-defined]
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            ("", _("I would rather not say")),
            (_("Parts of the world"), list(parts_of_the_world().items())),
            (_("Countries"), list(countries().items())),
        ]
        for part, label in WHO_SEES.items():
            self.fields[f"seen_{part}"] = forms.ChoiceField(
                label=label, choices=Seen.choices, initial=level_of(profile, part)
            )
        self._add_languages(profile.languages, data)
        self._add_links(profile.links, data)
        self._add_affiliations(lines, data)

    def _add_languages(self, present: Sequence[str], data: Any) -> None:
        # By their names in the reader's language alone: what each calls itself stands in a file of its own, and to read
        # all of them takes seconds and keeps more than a hundred megabytes.
        choices = [("", "–"), *languages().items()]
        self.language_count = _rows(data, "language", len(present), MOST_LANGUAGES)
        for number in range(self.language_count):
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=_("Language %(number)d") % {"number": number + 1},
                choices=choices,
                required=False,
                initial=present[number] if number < len(present) else "",
            )

    def _add_links(self, present: Sequence[Mapping[str, str]], data: Any) -> None:
        self.link_count = _rows(data, "link_url", len(present), MOST_LINKS)
        for number in range(self.link_count):
            link = present[number] if number < len(present) else {}
            self.fields[f"link_url_{number}"] = forms.CharField(
                label=_("Link %(number)d") % {"number": number + 1},
                max_length=LONGEST_URL,
                required=False,
                initial=link.get("url", ""),
                widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
            )
            self.fields[f"link_label_{number}"] = forms.CharField(
                label=_("Words for link %(number)d") % {"number": number + 1},
                max_length=LONGEST_LABEL,
                required=False,
                initial=link.get("label", ""),
            )

    def _add_affiliations(self, present: Sequence[Affiliation], data: Any) -> None:
        self.line_count = _rows(data, "for_kind", len(present), MOST_AFFILIATIONS)
        for number in range(self.line_count):
            row = present[number] if number < len(present) else None
            words = {"number": number + 1}
            self.fields[f"for_kind_{number}"] = forms.ChoiceField(
                label=_("For whom %(number)d") % words,
                choices=KINDS,
                required=False,
                initial="" if row is None else INDEPENDENT if row.is_independent else ORGANISATION,
            )
            self.fields[f"for_name_{number}"] = forms.CharField(
                label=_("Name of organisation %(number)d") % words,
                max_length=200,
                required=False,
                initial=row.organisation if row else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            for end, label in (("from", _("From %(number)d")), ("until", _("Until %(number)d"))):
                self.fields[f"for_{end}_{number}"] = forms.DateField(
                    label=label % words,
                    required=False,
                    initial=(row.began_on if end == "from" else row.ended_on) if row else None,
                    widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                )
            self.fields[f"for_pk_{number}"] = forms.IntegerField(
                required=False, initial=row.pk if row else None, widget=forms.HiddenInput
            )

    @property
    def language_fields(self) -> list[BoundField]:
        return [self[f"language_{number}"] for number in range(self.language_count)]

    @property
    def link_rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"link_url_{number}"], self[f"link_label_{number}"]) for number in range(self.link_count)]

    @property
    def affiliation_rows(self) -> list[list[BoundField]]:
        parts = ("kind", "name", "from", "until", "pk")
        return [[self[f"for_{part}_{number}"] for part in parts] for number in range(self.line_count)]

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for number in range(self.link_count):
            url = given.get(f"link_url_{number}", "")
            if url:
                try:
                    clean_link(Link(url, given.get(f"link_label_{number}", "")))
                except Refused as refused:
                    self.add_error(f"link_url_{number}", refused.message)
            elif given.get(f"link_label_{number}"):
                self.add_error(f"link_url_{number}", _("Please say where the link leads."))
        for number in range(self.line_count):
            began, ended = given.get(f"for_from_{number}"), given.get(f"for_until_{number}")
            if began and ended and ended < began:
                self.add_error(f"for_until_{number}", _("It cannot end before it began."))
            if given.get(f"for_kind_{number}") == ORGANISATION and not given.get(f"for_name_{number}"):
                self.add_error(f"for_name_{number}", _("Please name the organisation."))
        return given

    def words(self) -> ProfileWords:
        """What was written, for `actions.change_profile`."""
        given = self.cleaned_data
        links = ((given[f"link_url_{n}"], given[f"link_label_{n}"]) for n in range(self.link_count))
        chosen = (given[f"language_{n}"] for n in range(self.language_count))
        return ProfileWords(
            name=given["name"],
            zone=given["zone"],
            pronouns=given["pronouns"],
            pronunciation=given["pronunciation"],
            languages=tuple(code for code in chosen if code),
            region=given["region"],
            about=given["about"],
            links=tuple(Link(url, label) for url, label in links if url),
            affiliations=tuple(self._lines()),
            seen={part: given[f"seen_{part}"] for part in WHO_SEES},
        )

    def _lines(self) -> list[Affiliated]:
        given, lines = self.cleaned_data, []
        for number in range(self.line_count):
            kind, name = given[f"for_kind_{number}"], given[f"for_name_{number}"]
            if kind or name:
                lines.append(
                    Affiliated(
                        organisation="" if kind == INDEPENDENT else name,
                        began_on=given[f"for_from_{number}"],
                        ended_on=given[f"for_until_{number}"],
                        pk=given[f"for_pk_{number}"],
                    )
                )
        return lines


class TypedNameForm(forms.Form):
    """The name of the person who is about to be erased, typed out."""

    name = forms.CharField(
        label=_("Type the name to go on"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )


def _initial(person: Person, profile: Profile) -> dict[str, Any]:
    return {
        "name": person.name,
        "zone": person.zone,
        "pronouns": profile.pronouns,
        "pronunciation": profile.pronunciation,
        "region": profile.region,
        "about": profile.about,
    }


def _rows(data: Any, prefix: str, present: int, most: int) -> int:
    """How many lines there are: two free ones, and never fewer than were sent."""
    sent = 0
    if data is not None:
        while sent < most and f"{prefix}_{sent}" in data:
            sent += 1
    return max(sent, min(present + 2, most))
