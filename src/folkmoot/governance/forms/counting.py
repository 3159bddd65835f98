"""The form of the page on which ballots are counted again. Nothing that is sent with it is kept on the server."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.decisions.domain.amounts import Of
from folkmoot.governance.domain.counting.files import WrongFile, read_affiliations, read_ballots
from folkmoot.governance.domain.counting.methods import METHODS, Method, Rules
from folkmoot.governance.domain.counting.record import ANY_MAJORITY, NO_CAP, Asked, Cap
from folkmoot.governance.domain.counting.yes_no import amount, quorum_of
from folkmoot.governance.domain.given import Given
from folkmoot.kit.errors import Refused
from folkmoot.people.guards import GuardedForm

MOST_BYTES: Final = 1_000_000
MOST_WORDS: Final = 20_000


def kept_of(data: bytes) -> str:
    """A file as it waits in the page for the next count."""
    return base64.b64encode(zlib.compress(data)).decode()


def file_of(kept: str) -> bytes | None:
    """The file that waited in the page; None where that is broken, or is more than may be counted here."""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(base64.b64decode(kept, validate=True), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        return None
    return data if unpacking.eof and len(data) <= MOST_BYTES else None


class CountForm(GuardedForm):
    """A file of ballots and how it is counted. `given` is the election, once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("File of ballots"),
        error_messages={name: gettext_lazy("Please choose a file.") for name in ("required", "missing", "invalid")},
        help_text=gettext_lazy("BLT, CSV or JSON, up to 1 MB. It is counted and not kept."),
        widget=forms.FileInput(attrs={"accept": ".blt,.csv,.json,.txt"}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    method = forms.ChoiceField(
        label=gettext_lazy("Method"), choices=lambda: [(method.value, METHODS[method].words) for method in Method]
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=gettext_lazy("Where the file does not say it."),
    )
    higher_is_better = forms.BooleanField(
        label=gettext_lazy("In the CSV, the higher number is preferred"), required=False
    )
    unranked_last = forms.BooleanField(
        label=gettext_lazy("Schulze and ranked pairs: take whom a ballot leaves out as its last"), required=False
    )
    cap = forms.IntegerField(
        label=gettext_lazy("At most so many of one affiliation"), required=False, min_value=1, max_value=200
    )
    affiliations = forms.CharField(
        label=gettext_lazy("Affiliations"),
        required=False,
        max_length=MOST_WORDS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("A line candidate,affiliation, then one such line for each."),
    )
    terms = forms.CharField(
        label=gettext_lazy("Years of each seat"), required=False, max_length=400, help_text=gettext_lazy("2,2,1")
    )
    seed = forms.CharField(
        label=gettext_lazy("Public text that decides ties"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("It has to be named before the ballots are cast."),
    )
    draw = forms.CharField(
        label=gettext_lazy("Draw that decides ties"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("All candidates, one on a line, the first being favoured."),
    )
    withdrawn = forms.CharField(
        label=gettext_lazy("Who withdrew"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One name on a line."),
    )
    vacated = forms.CharField(
        label=gettext_lazy("Who was elected and left"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One name on a line; the count says who takes the seat."),
    )
    threshold = forms.CharField(
        label=gettext_lazy("Yes or no: how many agree"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("2/3, 60% or >1/2, which is more than half."),
    )
    of = forms.ChoiceField(
        label=gettext_lazy("Yes or no: of whom"),
        required=False,
        choices=[
            (Of.CAST.value, gettext_lazy("of those who said yes or no")),
            (Of.PRESENT.value, gettext_lazy("of all who answered")),
            (Of.VOTERS.value, gettext_lazy("of all members")),
        ],
    )
    quorum = forms.CharField(
        label=gettext_lazy("Yes or no: how many take part"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("A number, or a share of the members."),
    )
    members = forms.IntegerField(
        label=gettext_lazy("Yes or no: how many members there are"), required=False, min_value=1, max_value=10**9
    )
    given: Given

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("kept")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        data = self._file(cleaned)
        if data is None:
            return cleaned
        waiting: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        waiting["kept"] = kept_of(data)
        self.data = waiting
        self.fields["file"].required = False
        if self.errors:
            return cleaned
        try:
            self.given = given_of(data, cleaned)
        except WrongFile as wrong:
            self.add_error("file", wrong.message)
        except Refused as refused:
            self.add_error(None, refused.message)
        return cleaned

    def _file(self, cleaned: dict[str, Any]) -> bytes | None:
        """The bytes of the file that was chosen, or that waits in the page."""
        upload = cleaned.get("file")
        if upload is not None:
            if upload.size > MOST_BYTES:
                self.add_error("file", _("The file is longer than 1 MB. The command folkmoot count takes 32 MB."))
                return None
            read: bytes = upload.read()
            return read
        kept = file_of(cleaned["kept"]) if cleaned.get("kept") else None
        if kept is None and "file" not in self.errors:
            self.add_error("file", _("Please choose a file."))
        return kept


def lines(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def given_of(data: bytes, said: dict[str, Any]) -> Given:
    """The election from a file and what the form says. Refused where they do not fit."""
    method = Method(said["method"])
    ballots = read_ballots(data, higher_is_better=said["higher_is_better"])
    seats = 1 if method is Method.YES_NO else said["seats"] or ballots.seats
    if seats is None:
        raise Refused(_("The file does not say how many seats there are: please say it."), code="no_seats")
    if bool(said["cap"]) != bool(said["affiliations"].strip()):
        raise Refused(_("A cap needs the affiliations, and they need a cap."), code="wrong_cap")
    years = [word.strip() for word in said["terms"].split(",")] if said["terms"] else []
    if not all(word.isascii() and word.isdigit() and 1 <= int(word) <= 99 for word in years):
        raise Refused(_("Years are written like this: 2,2,1."), code="wrong_terms")
    if said["unranked_last"] and not METHODS[method].pairwise:
        raise Refused(_("Only Schulze and ranked pairs can take whom a ballot leaves out as last."), code="wrong_rules")
    affiliations = said["affiliations"].encode() if said["cap"] else None
    rules = Rules(
        method=method,
        seats=seats,
        cap=Cap(said["cap"], read_affiliations(affiliations, ballots.candidates)) if affiliations else NO_CAP,
        terms=tuple(map(int, years)),
        seed=said["seed"] or None,
        draw=lines(said["draw"]),
        unranked_last=said["unranked_last"],
        asked=_asked(said) if method is Method.YES_NO else ANY_MAJORITY,
    )
    return Given(
        ballots=data,
        rules=rules,
        affiliations=affiliations,
        higher_is_better=said["higher_is_better"],
        withdrawn=lines(said["withdrawn"]),
        vacated=lines(said["vacated"]),
    )


def _asked(said: dict[str, Any]) -> Asked:
    share, more = amount(said["threshold"] or ">1/2")
    return Asked(share, more, Of(said["of"] or Of.CAST.value), quorum_of(said["quorum"] or "0"), said["members"])
