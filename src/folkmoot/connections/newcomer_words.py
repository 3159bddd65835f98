"""Why somebody is the buddy of a newcomer, and what they share, in words for one of the two or for managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.people.places import language_name


def why_words(why: Mapping[str, Any]) -> str:
    """The reasons of a pair as one sentence for those who lead: “It is their turn: …; they have hours in common.”

    Whose hours and which interests stays between the two.
    """
    parts = []
    if why.get("stands_in"):
        parts.append(_("nobody on the rota was free, so somebody who leads the group was asked"))
    elif not why.get("lately"):
        parts.append(_("it is their turn: nobody to welcome in the last three months"))
    else:
        parts.append(_("it is their turn: they welcomed fewer people lately than the others"))
    if languages := why.get("languages"):
        parts.append(_("both speak %(languages)s") % {"languages": listed([language_name(one) for one in languages])})
    if why.get("interests"):
        parts.append(_("they have interests in common"))
    if shared_words(why.get("minutes")):
        parts.append(_("they have hours in common"))
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def common_words(why: Mapping[str, Any]) -> str:
    """What the two have in common, said to both: “You both speak Portuguese, and have 4 shared hours on weekdays.”"""
    parts = []
    if languages := why.get("languages"):
        parts.append(
            _("you both speak %(languages)s") % {"languages": listed([language_name(one) for one in languages])}
        )
    if interests := why.get("interests"):
        parts.append(_("you both named %(interests)s") % {"interests": listed(interests[:3])})
    if shared := shared_words(why.get("minutes")):
        parts.append(_("you have %(hours)s on weekdays") % {"hours": shared})
    if not parts:
        return ""
    sentence = listed(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def shared_words(minutes: int | None) -> str:
    """Minutes in whole hours; nothing where they are not known or too few to say."""
    hours = (minutes or 0) // 60
    return ngettext("%(n)d shared hour", "%(n)d shared hours", hours) % {"n": hours} if hours else ""


def listed(words: Sequence[str]) -> str:
    """“maps”, “docs and maps”, “docs, maps and tests”."""
    if len(words) == 1:
        return words[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def first_task_words(minutes: int | None, needs: str) -> str:
    """What stands beside a small task: “About 45 minutes. You need: a quiet hour.”"""
    parts = []
    if minutes:
        if minutes % 60 == 0:
            hours = minutes // 60
            parts.append(ngettext("About %(n)d hour.", "About %(n)d hours.", hours) % {"n": hours})
        else:
            parts.append(ngettext("About %(n)d minute.", "About %(n)d minutes.", minutes) % {"n": minutes})
    if needs:
        parts.append(_("You need: %(needs)s") % {"needs": needs})
    return " ".join(parts)
