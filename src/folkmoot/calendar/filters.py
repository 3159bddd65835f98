"""Which groups and which foreign calendars the calendar page shows, as its address says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from folkmoot.calendar.models import Layer
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused

MOST_CHOSEN: Final = 100


@dataclass(frozen=True)
class Choice:
    """A box to tick: the parameter and value that stand for it, its words, and whether it is ticked."""

    parameter: str
    value: str
    label: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """What was chosen; nothing chosen means everything.

    `groups` is None for "all of them".
    """

    groups: Sequence[Group] | None
    layers: Sequence[Layer]
    choices: Sequence[Choice]

    @property
    def is_on(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)

    @property
    def only_group(self) -> Group | None:
        """The group, where just one was chosen and nothing else."""
        if self.groups is not None and len(self.groups) == 1 and not self.layers:
            return self.groups[0]
        return None

    @property
    def query(self) -> str:
        """The choices as part of an address, to go on to other weeks with them; empty, or beginning with "&"."""
        chosen = [(choice.parameter, choice.value) for choice in self.choices if choice.is_chosen]
        return "&" + urlencode(chosen) if chosen else ""


def filter_of(asked: QueryDict, groups: Sequence[Group], layers: Sequence[Layer]) -> Filter:
    """What an address asks for among these; 404 for what is not there, Refused `invalid` for far too much."""
    slugs = [slug for slug in asked.getlist("group") if slug]
    keys = [key for key in asked.getlist("layer") if key]
    if len(slugs) + len(keys) > MOST_CHOSEN:
        raise Refused(_("Please choose fewer calendars at once."), code="invalid")
    if set(slugs) - {group.slug for group in groups} or set(keys) - {str(layer.pk) for layer in layers}:
        raise Http404
    chosen_groups = [group for group in groups if group.slug in slugs]
    chosen_layers = [layer for layer in layers if str(layer.pk) in keys]
    nothing = not chosen_groups and not chosen_layers
    choices = [
        *(Choice("group", group.slug, group.name, "", group in chosen_groups) for group in groups),
        *(Choice("layer", str(layer.pk), layer.name, layer.server, layer in chosen_layers) for layer in layers),
    ]
    return Filter(None if nothing else chosen_groups, layers if nothing else chosen_layers, choices)
