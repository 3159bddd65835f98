"""What is sent from the page of a ballot: numbers where the browser runs no scripts, else envelopes alone."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.governance.actions.ballots import secret_hash
from folkmoot.governance.domain.ballot_papers import Way, in_order, read_numbers
from folkmoot.governance.domain.sealed.envelopes import seal
from folkmoot.governance.models.elections import Contest, Election
from folkmoot.governance.queries.ballots import Paper
from folkmoot.governance.queries.elections import sealing_for
from folkmoot.kit.errors import Refused
from folkmoot.people.guards import GuardedForm

RECEIPT: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Line:
    """A candidate beside the box in which a number is written, or that is ticked."""

    place: int
    name: str
    url: str
    field: str
    value: str
    withdrew: bool = False


@dataclass
class Filled:
    """The ballot of one contest as it is filled in; `numbers` are there where nothing is wrong with it."""

    paper: Paper
    given: dict[int, str] = field(default_factory=dict)
    numbers: list[int] | None = None
    error: str = ""

    @property
    def lines(self) -> list[Line]:
        return [
            Line(
                choice.place,
                choice.name,
                choice.url,
                self._name(choice.place),
                self.given.get(choice.place, ""),
                choice.withdrew,
            )
            for choice in self.paper.choices
        ]

    @property
    def says_nothing(self) -> bool:
        return self.numbers is not None and not any(self.numbers)

    @property
    def words(self) -> list[str]:
        """What it says, the best first, in words: “1. Ada”."""
        numbers, names, way = self.numbers or [], self.paper.names, self.paper.way
        said = []
        for number, places in in_order(numbers, self.paper.contest.method):
            together = [names[place] for place in places]
            if way is Way.RANK:
                said.append(_("%(rank)s. %(names)s") % {"rank": number, "names": ", ".join(together)})
            elif way is Way.MARK:
                said.extend(_("%(name)s: %(mark)s") % {"name": name, "mark": number} for name in together)
            else:
                said.extend(together)
        return said

    @property
    def silent(self) -> list[str]:
        """Of whom it says nothing."""
        return [name for place, name in sorted(self.paper.names.items()) if not (self.numbers or [])[place]]

    def read(self, data: Mapping[str, str]) -> None:
        """Take what was sent."""
        contest, places = self.paper.contest, sorted(self.paper.names)
        if self.paper.way is Way.CHOOSE:
            chosen = data.get(f"c-{contest.pk}", "")
            self.given = {place: "1" for place in places if str(place) == chosen}
        else:
            self.given = {place: data.get(self._name(place), "")[:10] for place in places}
        try:
            self.numbers = read_numbers([self.given.get(place, "") for place in places], contest.method)
        except Refused as refused:
            self.error = self._says(refused)

    def _name(self, place: int) -> str:
        return f"c-{self.paper.contest.pk}" if self.paper.way is Way.CHOOSE else f"n-{self.paper.contest.pk}-{place}"

    def _says(self, refused: Refused) -> str:
        names = self.paper.names
        match refused.params:
            case {"places": tuple(places), "rank": rank}:
                both = ", ".join(names[place] for place in places)
                return _("%(names)s have the same number, %(rank)s. Give each a number of its own.") % {
                    "names": both,
                    "rank": rank,
                }
            case {"place": int(place)}:
                return _("Beside %(name)s there has to be a number from 1 to %(top)s, or nothing.") % {
                    "name": names[place],
                    "top": self.paper.top if self.paper.way in (Way.RANK, Way.MARK) else 1,
                }
        return _("Only one can be chosen.")


@dataclass(frozen=True)
class Sealed:
    """The ballot of one contest as it is handed in. `words` and `silent` are there right after sealing alone."""

    contest: Contest
    envelope: str
    receipt: str
    secret_hash: str = ""
    words: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    is_read: bool = False


def filled_from(papers: Iterable[Paper], data: Mapping[str, str] | None = None) -> list[Filled]:
    """The ballots of all contests, empty or with what was sent."""
    ballots = [Filled(paper) for paper in papers]
    for one in ballots if data is not None else ():
        one.read(data or {})
    return ballots


def new_secret() -> str:
    """What replaces a ballot: 160 bits, for its voter alone."""
    return secrets.token_urlsafe(20)


def sealed_here(ballots: Iterable[Filled], secret: str) -> list[Sealed]:
    """Ballots sealed on the server, for browsers without scripts. Nothing is kept of what they say."""
    sealed = []
    for one in ballots:
        contest = one.paper.contest
        envelope = seal(one.numbers or [], sealing_for(contest))
        kept = secret_hash(contest, secret) if secret else ""
        sealed.append(
            Sealed(contest, envelope.text, envelope.receipt, kept, tuple(one.words), tuple(one.silent), is_read=True)
        )
    return sealed


def sealed_from(election: Election, data: Mapping[str, str]) -> list[Sealed]:
    """What was handed in, contest by contest, as it came; the receipt is computed here."""
    sealed = []
    for contest in election.contests.all():
        envelope = data.get(f"e-{contest.pk}", "")
        receipt = hashlib.sha256(envelope.encode(errors="replace")).hexdigest()
        sealed.append(Sealed(contest, envelope, receipt, data.get(f"h-{contest.pk}", "")))
    return sealed


class ReceiptForm(forms.Form):
    """One receipt that is looked for; blanks and capitals do not matter."""

    receipt = forms.CharField(label=gettext_lazy("Receipt"), max_length=200)

    def clean_receipt(self) -> str:
        plain = "".join(str(self.cleaned_data["receipt"]).split()).lower()
        if not RECEIPT.fullmatch(plain):
            raise forms.ValidationError(_("A receipt has 64 letters and digits, from 0 to 9 and from a to f."))
        return plain


class ReplaceForm(GuardedForm):
    """The secret with which a ballot is replaced."""

    secret = forms.CharField(label=gettext_lazy("Your secret"), max_length=200)
