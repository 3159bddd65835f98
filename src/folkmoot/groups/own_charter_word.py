"""What groups itself makes of another wording: roles and their holders, objectives, the year, decisions, joining."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.groups.actions.following_roles import default_for, planned_roles
from folkmoot.groups.charter_words import Consequence
from folkmoot.groups.domain.amending.meaning import compared_meaning
from folkmoot.groups.domain.amending.model import MeaningChange
from folkmoot.groups.models import Group, Power
from folkmoot.groups.role_words import power_of_role

MOST_NAMED = 4


class OwnWord:
    """Roles, objectives, activities, rules for decisions, and membership."""

    def consequences(
        self, group: Group, old_reading: Mapping[str, Any], new_reading: Mapping[str, Any], *, on: date
    ) -> Sequence[Consequence]:
        changes = compared_meaning(old_reading, new_reading)
        return [
            *_roles(group, old_reading, new_reading),
            *_items("objectives", changes, _("objective"), _("objectives")),
            *_year(changes),
            *_decisions(changes),
            *_membership(changes),
            *_title(group, changes),
        ]


def _roles(group: Group, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Consequence]:
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
    for one in plan.added:
        does = {
            Power.MANAGE: _("A new role, %(role)s, comes; it leads the group."),
            Power.TAKE_PART: _("A new role, %(role)s, comes; it contributes."),
            Power.OBSERVE: _("A new role, %(role)s, comes; it follows."),
        }[power_of_role(one.name)]
        yield Consequence(does % {"role": one.name})


def _items(topic: str, changes: Sequence[MeaningChange], one: str, many: str) -> Iterator[Consequence]:
    mine = [change for change in changes if change.topic == topic]
    for what, singular, plural, minds in (
        ("removed", _("An %(one)s goes: %(names)s."), _("%(count)d %(many)s go: %(names)s."), True),
        ("added", _("An %(one)s comes: %(names)s."), _("%(count)d %(many)s come: %(names)s."), False),
        ("renamed", _("An %(one)s is renamed: %(names)s."), _("%(count)d %(many)s are renamed: %(names)s."), False),
        ("reworded", _("An %(one)s is worded anew: %(names)s."), _("%(count)d %(many)s are worded anew: %(names)s."),
         False),
    ):  # fmt: skip
        found = [change for change in mine if change.what == what]
        if found:
            yield Consequence(
                (singular if len(found) == 1 else plural)
                % {"one": one, "many": many, "count": len(found), "names": _names(found)},
                minds=minds,
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
    gone = [change for change in mine if change.what == "removed"]
    come = [change for change in mine if change.what == "added"]
    if gone:
        yield Consequence(_("The year no longer asks for: %(names)s.") % {"names": _names(gone)}, minds=True)
    if come:
        yield Consequence(_("The year also asks for: %(names)s.") % {"names": _names(come)})


def _decisions(changes: Sequence[MeaningChange]) -> Iterator[Consequence]:
    mine = [change for change in changes if change.topic == "decision_rules"]
    for what, words, minds in (
        ("removed", _("This no longer holds for decisions: %(rules)s."), True),
        ("added", _("This holds for decisions from then on: %(rules)s."), False),
        ("reworded", _("This rule for decisions is worded anew: %(rules)s."), False),
    ):
        found = [change for change in mine if change.what == what]
        if found:
            rules = "; ".join(_cut(change.name).rstrip(".") for change in found)
            yield Consequence(words % {"rules": rules}, minds=minds)


def _membership(changes: Sequence[MeaningChange]) -> Iterator[Consequence]:
    if any(change.topic == "membership" for change in changes):
        yield Consequence(_("Who asks to join from then on does so by the new rules; who is here stays."))


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


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"
