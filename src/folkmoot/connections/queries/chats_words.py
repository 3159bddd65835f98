"""Why people were brought together, in a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.connections.domain.matching import Good, Reason
from folkmoot.connections.models.chats import ChatConversation, ChatSeat
from folkmoot.connections.queries.interests import Interests


def words_of(said: Iterable[Interests]) -> dict[str, str]:
    """Subjects as people wrote them, by what they are compared as; of several ways to write one, the first."""
    found: dict[str, str] = {}
    for own in said:
        for subjects in (own.cares, own.helps, own.learns):
            for subject, words in subjects.items():
                found.setdefault(subject, words)
    return found


def reasons_kept(
    reasons: Sequence[Reason], places: Mapping[str, int], words: Mapping[str, str]
) -> list[dict[str, Any]]:
    """As they are kept with the conversation: people by their places, subjects as people wrote them."""
    return [
        {
            "good": each.good.value,
            "places": [places[key] for key in each.people],
            "topics": [words.get(topic, topic) for topic in each.topics],
            "minutes": each.minutes,
        }
        for each in reasons
    ]


def sentence(conversation: ChatConversation, seats: Sequence[ChatSeat], reader: int) -> str:
    """The two reasons that say most, to the person with this key. Empty where the reasons were erased with somebody."""
    names = {seat.place: seat.person.name for seat in seats}
    here = next((seat.place for seat in seats if seat.person_id == reader), -1)
    kept = [each for each in conversation.reasons if all(place in names for place in each["places"])]
    hours = next((each for each in kept if each["good"] == Good.SHARED_HOURS), None)
    telling = next((each for each in kept if each["good"] != Good.SHARED_HOURS), None)
    if telling is None and hours is None:
        return ""
    said = [] if telling is None else [clause(telling, names, here)]
    if hours is not None:
        said.append(hours_words(hours["minutes"]))
    return " ".join(said)


def clause(reason: Mapping[str, Any], names: Mapping[int, str], reader: int) -> str:
    """One reason as a whole sentence, said to whoever sits at the place `reader`."""
    topics = listed(reason["topics"])
    match Good(reason["good"]):
        case Good.SHARED_TOPICS:
            if len(names) == 2:
                return _("You both care about %(topics)s.") % {"topics": topics}
            return _("You all care about %(topics)s.") % {"topics": topics}
        case Good.CAN_HELP:
            helper, learner = reason["places"]
            values = {"helper": names[helper], "learner": names[learner], "topics": topics}
            if helper == reader:
                return _("You can help with %(topics)s, which %(learner)s wants to learn.") % values
            if learner == reader:
                return _("%(helper)s can help with %(topics)s, which you want to learn.") % values
            return _("%(helper)s can help with %(topics)s, which %(learner)s wants to learn.") % values
        case Good.WELCOME:
            connector, newcomer = reason["places"]
            values = {"connector": names[connector], "newcomer": names[newcomer]}
            if newcomer == reader:
                return _("%(connector)s likes to welcome people who are new.") % values
            if connector == reader:
                return _("%(newcomer)s is new here, and you like to welcome people.") % values
            return _("%(newcomer)s is new here.") % values
        case Good.NEVER_MET:
            return _("You have not met here before.")
        case Good.LONG_AGO:
            return _("It is a long time since you last talked here.")
        case Good.OTHER_GROUPS:
            return _("You come from different groups.")
        case Good.SHARED_HOURS:
            return hours_words(reason["minutes"])


def hours_words(minutes: int) -> str:
    """`You have about 5 hours of a weekday in common.`; what is less than one hour is said in minutes."""
    if minutes < 60:
        return ngettext(
            "You have %(count)d minute of a weekday in common.",
            "You have %(count)d minutes of a weekday in common.",
            minutes,
        ) % {"count": minutes}
    hours = minutes // 60
    return ngettext(
        "You have about %(count)d hour of a weekday in common.",
        "You have about %(count)d hours of a weekday in common.",
        hours,
    ) % {"count": hours}


def listed(words: Sequence[str]) -> str:
    """Words in a row: `maps`, `docs and maps`, `docs, maps and tests`."""
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}
