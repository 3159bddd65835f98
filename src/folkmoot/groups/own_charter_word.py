"""What groups itself makes of another wording: roles and their holders, objectives, the year, decisions, joining."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.actions.following_roles import default_for, planned_roles
from folkmoot.groups.agreements import policies_to_agree
from folkmoot.groups.charter_words import Consequence
from folkmoot.groups.domain.amending.meaning import compared_meaning
from folkmoot.groups.domain.amending.model import MeaningChange
from folkmoot.groups.domain.amending.pieces import plain
from folkmoot.groups.domain.joining import demands_approval
from folkmoot.groups.models import CharterVersion, Group, Power, Role
from folkmoot.groups.role_words import power_of_role
from folkmoot.groups.terms import lead_terms

MOST_NAMED = 4
LONGEST_NAME = 80
LONGEST_RULE = 200


class OwnWord:
    """Roles, objectives, activities, rules for decisions, and membership."""

    def consequences(
        self, group: Group, old_reading: Mapping[str, Any], new_reading: Mapping[str, Any], *, on: date
    ) -> Sequence[Consequence]:
        changes = compared_meaning(old_reading, new_reading)
        return [
            *_roles(group, old_reading, new_reading, on),
            *_leading(old_reading, new_reading),
            *_objectives(changes),
            *_year(changes),
            *_decisions(changes, {**_rules_by_text(old_reading), **_rules_by_text(new_reading)}),
            *_membership(changes),
            *_documents(old_reading, new_reading),
            *_title(group, changes),
        ]


def _roles(group: Group, old: Mapping[str, Any], new: Mapping[str, Any], on: date) -> Iterator[Consequence]:
    plan = planned_roles(old, new)
    roles = {role.name: role for role in group.roles.filter(retired_at=None)}
    leads_after = any(roles[one.name].power == Power.MANAGE for one, _other in plan.kept if one.name in roles) or any(
        power_of_role(one.name) == Power.MANAGE for one in plan.added
    )
    for before, after in plan.kept:
        if before.name != after.name:
            yield Consequence(
                _("The role %(old)s is called %(new)s; who holds it keeps it.")
                % {"old": before.name, "new": after.name}
            )
        if plain(before.text) != plain(after.text):
            yield Consequence(_("What is asked of %(role)s is worded anew.") % {"role": after.name})
        if demands_approval(after.text) and not demands_approval(before.text):
            yield Consequence(_("Whoever wishes to be one of the %(role)s needs a yes first.") % {"role": after.name})
    for one in plan.gone:
        role = roles.get(one.name)
        if role is None:
            continue
        if role.power == Power.MANAGE and not leads_after:
            yield Consequence(
                _("The charter names nobody who leads any more. %(role)s stay until it does.") % {"role": one.name},
                minds=True,
            )
            continue
        count = role.participations.filter(ended_at=None).count()
        words = ngettext(
            "The role %(role)s goes; %(count)d person holds it.",
            "The role %(role)s goes; %(count)d people hold it.",
            count,
        ) % {"role": one.name, "count": count}
        if not count:
            words = _("The role %(role)s goes; nobody holds it.") % {"role": one.name}
        elif target := default_for(role, plan, group):
            words = f"{words} " + _("They come to %(target)s, unless the amendment says otherwise.") % {
                "target": target
            }
        else:
            words = f"{words} " + _("They leave the group, unless the amendment says otherwise.")
        yield Consequence(words, minds=count > 0)
        yield from _seats(role, on)
    for one in plan.added:
        does = {
            Power.MANAGE: _("A new role, %(role)s, comes; it leads the group."),
            Power.TAKE_PART: _("A new role, %(role)s, comes; it contributes."),
            Power.OBSERVE: _("A new role, %(role)s, comes; it follows."),
        }[power_of_role(one.name)]
        yield Consequence(does % {"role": one.name})


def _seats(role: Role, on: date) -> Iterator[Consequence]:
    """The seats that carry a role that goes; they keep what they may do, as nobody's office ends by the way."""
    titles = [seat.title for seat in role.seats_with_power.all() if seat.retired_on is None or seat.retired_on > on]
    if titles:
        words = ngettext(
            "The seat %(seats)s carries this role and keeps what it may do until the seat is changed.",
            "The seats %(seats)s carry this role and keep what they may do until they are changed.",
            len(titles),
        )
        yield Consequence(words % {"seats": ", ".join(titles)}, minds=True)


def _leading(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Consequence]:
    """What is asked of those who lead from then on; terms that run stay as they were agreed."""
    before, after = (lead_terms(CharterVersion(reading=dict(one))) for one in (old, new))
    if before.months != after.months:
        words = ngettext(
            "Whoever is asked to lead from then on is asked for %(count)d month instead of %(old)d; terms that run "
            "stay as they are.",
            "Whoever is asked to lead from then on is asked for %(count)d months instead of %(old)d; terms that run "
            "stay as they are.",
            after.months,
        )
        yield Consequence(words % {"count": after.months, "old": before.months})
    if before.hours_a_week != after.hours_a_week:
        words = ngettext(
            "Leading is said to take %(count)d hour a week instead of %(old)d.",
            "Leading is said to take %(count)d hours a week instead of %(old)d.",
            after.hours_a_week,
        )
        yield Consequence(words % {"count": after.hours_a_week, "old": before.hours_a_week})


def _objectives(changes: Sequence[MeaningChange]) -> Iterator[Consequence]:
    mine = [change for change in changes if change.topic == "objectives"]
    for what, singular, plural, minds in (
        ("removed", _("An objective goes: %(names)s."), _("%(count)d objectives go: %(names)s."), True),
        ("added", _("An objective comes: %(names)s."), _("%(count)d objectives come: %(names)s."), False),
        ("reworded", _("An objective is worded anew: %(names)s."),
         _("%(count)d objectives are worded anew: %(names)s."), False),
    ):  # fmt: skip
        found = [change for change in mine if change.what == what]
        if found:
            words = singular if len(found) == 1 else plural
            yield Consequence(words % {"count": len(found), "names": _names(found)}, minds=minds)
    for change in mine:
        if change.what == "renamed":
            yield Consequence(
                _("The objective %(old)s is called %(new)s.")
                % {"old": _cut(change.old_name), "new": _cut(change.new_name)}
            )


def _year(changes: Sequence[MeaningChange]) -> Iterator[Consequence]:
    mine = [change for change in changes if change.topic == "annual_activities"]
    for change in mine:
        if change.field == "quarter":
            yield Consequence(
                _("%(name)s moves from %(old)s to %(new)s.")
                % {
                    "name": _cut(change.name),
                    "old": change.old or _("no quarter"),
                    "new": change.new or _("no quarter"),
                }
            )
        elif change.what == "renamed":
            yield Consequence(
                _("Of the year's activities, %(old)s is called %(new)s.")
                % {"old": _cut(change.old_name), "new": _cut(change.new_name)}
            )
    gone = [change for change in mine if change.what == "removed"]
    come = [change for change in mine if change.what == "added"]
    reworded = [change for change in mine if change.what == "reworded"]
    if gone:
        yield Consequence(_("The year no longer asks for: %(names)s.") % {"names": _names(gone)}, minds=True)
    if come:
        yield Consequence(_("The year also asks for: %(names)s.") % {"names": _names(come)})
    if reworded:
        yield Consequence(_("Of the year's activities, worded anew: %(names)s.") % {"names": _names(reworded)})


def _rules_by_text(reading: Mapping[str, Any]) -> dict[str, str]:
    """By the words of a rule whether it is one for terms of office ("term") or how decisions are made."""
    return {str(one.get("text") or ""): str(one.get("rule") or "") for one in reading.get("decision_rules") or []}


def _decisions(changes: Sequence[MeaningChange], kinds: Mapping[str, str]) -> Iterator[Consequence]:
    mine = [change for change in changes if change.topic == "decision_rules"]
    about_terms = [change for change in mine if kinds.get(change.name) == "term"]
    for what, decisions, offices, minds in (
        ("removed", _("This no longer holds for decisions: %(rules)s."),
         _("This no longer holds for terms of office: %(rules)s."), True),
        ("added", _("This holds for decisions from then on: %(rules)s."),
         _("This holds for terms of office from then on: %(rules)s."), False),
        ("reworded", _("This rule for decisions is worded anew: %(rules)s."),
         _("This rule for terms of office is worded anew: %(rules)s."), False),
    ):  # fmt: skip
        for words, group in ((decisions, [one for one in mine if one not in about_terms]), (offices, about_terms)):
            found = [change for change in group if change.what == what]
            if found:
                rules = "; ".join(_cut(change.name, LONGEST_RULE).rstrip(".") for change in found)
                yield Consequence(words % {"rules": rules}, minds=minds)


def _membership(changes: Sequence[MeaningChange]) -> Iterator[Consequence]:
    if any(change.topic == "membership" for change in changes):
        yield Consequence(_("Who asks to join from then on does so by the new rules; who is here stays."))


def _documents(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Consequence]:
    """The documents beside the charter to which people agree when they join."""
    before, after = policies_to_agree(old), policies_to_agree(new)
    come = [str(item["name"]) for key, item in after.items() if key not in before]
    gone = [str(item["name"]) for key, item in before.items() if key not in after]
    elsewhere = [
        str(item["name"]) for key, item in after.items() if key in before and before[key]["url"] != item["url"]
    ]
    for names, words in (
        (come, _("Whoever joins from then on also agrees to: %(names)s.")),
        (gone, _("Whoever joins from then on is no longer asked to agree to: %(names)s.")),
        (elsewhere, _("This stands at another address, and is agreed to anew: %(names)s.")),
    ):
        if names:
            yield Consequence(words % {"names": ", ".join(_cut(name) for name in names)})


def _title(group: Group, changes: Sequence[MeaningChange]) -> Iterator[Consequence]:
    if any(change.topic == "title" for change in changes):
        yield Consequence(
            _("The charter has another title; the group is still called %(group)s here.") % {"group": group.name}
        )


def _names(changes: Sequence[MeaningChange]) -> str:
    names = [_cut(change.name) for change in changes[:MOST_NAMED]]
    left = len(changes) - len(names)
    words = ", ".join(names)
    return _("%(names)s and %(count)d more") % {"names": words, "count": left} if left > 0 else words


def _cut(text: str, longest: int = LONGEST_NAME) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip(" .,;") + "…"
