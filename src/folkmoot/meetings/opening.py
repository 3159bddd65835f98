"""The texts that are shown when a call opens: which they are, what they say, and where they were read.

A code of conduct is the document that people agree to when they join. The others may be worded by the group; until it
does, they stand here in plain words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from folkmoot.groups.agreements import agreements_among, codes_of_conduct, documents_of, policy_key
from folkmoot.groups.models import Agreement, CharterVersion, Group
from folkmoot.groups.queries import charter_in_force
from folkmoot.meetings.models import Meeting, OpeningChoice, OpeningReading

PREFIX: Final = "opening-"
CONDUCT: Final = "code_of_conduct"
CHATHAM: Final = "chatham_house_rule"
ANTITRUST: Final = "antitrust"
OFFERED: Final = (CONDUCT, ANTITRUST, CHATHAM)
OWN_WORDS: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    ANTITRUST: (
        _("Antitrust"),
        _(
            "Some of us work for organisations that compete with each other. Antitrust law, also called competition "
            "law, forbids competitors to agree on how they compete.\n\n"
            "So on this call we do not talk about prices, discounts, costs or wages; about who serves which customers "
            "or which region; about bids; about what somebody will make, buy or refuse to sell; or about keeping "
            "anybody out of a market. We keep to the agenda, and the minutes say what we did.\n\n"
            "When talk turns that way, say so, and we stop. If it goes on, leave the call and tell those who lead the "
            "group. This is a reminder, and no legal advice."
        ),
    ),
    CHATHAM: (
        _("Chatham House Rule"),
        _(
            "This call is held under the Chatham House Rule. You are free to use what you hear. You do not tell who "
            "said it, nor whom they work or speak for, nor who else was here.\n\n"
            "So people can think aloud. What the group publishes of this call names nobody and nobody’s employer, "
            "unless they agreed to it.\n\n"
            "The rule comes from the Royal Institute of International Affairs at Chatham House in London, which worded "
            "it in 1927: chathamhouse.org/about-us/chatham-house-rule"
        ),
    ),
}


@dataclass(frozen=True)
class OpeningText:
    """One text: its words, or the address where it stands; `policy` is a policy of the charter about the same.

    `document` is the version that is kept of it, None for words of our own that nobody has read out yet.
    """

    key: str
    title: str
    text: str
    url: str
    document: Agreement | None
    policy: str = ""

    @property
    def can_be_worded(self) -> bool:
        return self.key != CONDUCT


@dataclass(frozen=True)
class Opening:
    """What may open the calls of a group, and what does: all texts by their keys, and the keys that are chosen."""

    texts: tuple[OpeningText, ...]
    keys: tuple[str, ...]
    by_charter: bool

    @property
    def chosen(self) -> list[OpeningText]:
        """The texts that are shown, in the order in which they stand."""
        return [text for text in self.texts if text.key in self.keys]

    @property
    def wordable(self) -> list[OpeningText]:
        return [text for text in self.texts if text.can_be_worded]

    def worded(self, key: str) -> OpeningText | None:
        """The text of this key that a group may word itself."""
        return next((text for text in self.wordable if text.key == key), None)


def opening_of(group: Group) -> Opening:
    """The texts of a group as they are today, in three queries."""
    charter = charter_in_force(group)
    documents = documents_of([group])
    choice = OpeningChoice.objects.filter(group=group).first()
    named = _named_in(charter)
    conduct = codes_of_conduct(agreements_among(documents, group, charter))
    # The organisation's and the charter's may be one and the same by name: the one with words is read.
    by_name = {one.title.casefold(): one for one in sorted(conduct, key=lambda one: bool(one.text))}
    texts = [OpeningText(CONDUCT, one.title, one.text, one.url, one) for one in by_name.values()]
    latest = {one.key: one for one in sorted(documents, key=lambda one: one.number) if one.group_id == group.pk}
    texts += [_offered(key, latest.get(PREFIX + key), named.get(key)) for key in OFFERED if key != CONDUCT]
    texts += [
        OpeningText(key.removeprefix(PREFIX), one.title, one.text, one.url, one)
        for key, one in sorted(latest.items())
        if key.startswith(PREFIX) and key.removeprefix(PREFIX) not in OFFERED
    ]
    keys = choice.keys if choice is not None else [key for key in OFFERED if key == CONDUCT or key in named]
    return Opening(tuple(texts), tuple(keys), by_charter=choice is None)


def under_chatham_house_rule(meeting: Meeting) -> bool:
    """Whether a call is held under the rule: it was read out there, or it opens the calls of the group at present.

    What is published of such a call names nobody, unless they agreed.
    """
    read = OpeningReading.objects.filter(meeting=meeting, document__key=PREFIX + CHATHAM)
    return read.exists() or CHATHAM in opening_of(meeting.group).keys


def readings_of(meeting: Meeting) -> list[OpeningReading]:
    """Which texts were read out on a call, by whom and when."""
    return list(OpeningReading.objects.filter(meeting=meeting).select_related("document", "read_by"))


def unread(texts: Iterable[OpeningText], readings: Iterable[OpeningReading]) -> list[OpeningText]:
    """Those of the texts of which no version was read."""
    read = {one.document.key for one in readings}
    return [text for text in texts if _document_key(text) not in read]


def _document_key(text: OpeningText) -> str:
    return text.document.key if text.document is not None else PREFIX + text.key


def _offered(key: str, document: Agreement | None, policy: Mapping[str, Any] | None) -> OpeningText:
    title, words = OWN_WORDS[key]
    url = str((policy or {}).get("url") or "")
    link = url if url.startswith(("https://", "http://")) else ""
    if document is not None:
        return OpeningText(key, document.title, document.text, document.url, document, link)
    return OpeningText(key, str(title), str(words), "", None, link)


def _named_in(charter: CharterVersion | None) -> dict[str, Mapping[str, Any]]:
    """The policies that a charter names, by their keys."""
    policies = (charter.reading.get("policies") or []) if charter is not None else []
    return {policy_key(item): item for item in policies}


def documents_with_key(group: Group, key: str) -> list[Agreement]:
    """All versions of a text of a group, the newest first."""
    return list(Agreement.objects.filter(group=group, key=PREFIX + key).order_by("-number"))
