"""Where meetings hangs its parts on a group's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from folkmoot.calendar.offers import occurrence_paths, private_details
from folkmoot.groups.charter_words import CHARTER_WORDS
from folkmoot.groups.following import FOLLOWED
from folkmoot.groups.holdings import HOLDERS
from folkmoot.groups.models import Group
from folkmoot.meetings import (
    attendance_measures,
    call_list,
    call_role_panels,
    call_roles_kept,
    own_search,
    panels,
    person_data,
    report_part,
)
from folkmoot.meetings.attendance_rules import CALL_HELPERS
from folkmoot.meetings.call_roles_reading import has_taken_a_turn
from folkmoot.meetings.charter_word import MeetingsWord
from folkmoot.meetings.following import CallsFollow
from folkmoot.meetings.private_details import details_of
from folkmoot.meetings.queries import paths_of
from folkmoot.meetings.turns_held import TurnsHeld
from folkmoot.plan.report_parts import REPORT_PARTS, Part
from folkmoot.ui.slots import (
    DeskPanel,
    GroupCard,
    GroupTab,
    Panel,
    add_desk_panel,
    add_group_card,
    add_group_masthead,
    add_group_panel,
    add_group_tab,
)


def fill() -> None:
    """Hang tab, plate, panel and card, and tell the calendar where its occurrences have their pages."""
    add_group_tab(GroupTab("meetings", _("Calls"), _meetings), order=20)
    add_group_masthead(Panel("next_meeting", 10, panels.masthead))
    add_group_panel(Panel("how_we_meet", 10, panels.how_we_meet))
    add_group_card(GroupCard("next_meeting", 10, panels.cards))
    add_desk_panel(DeskPanel("were_you_there", 8, panels.were_you_there))
    add_desk_panel(DeskPanel("my_next_calls", 10, panels.my_next_calls))
    occurrence_paths.register("meetings", paths_of)
    private_details.register("meetings", details_of)
    REPORT_PARTS.register("calls", Part(_("Calls"), report_part.calls), order=20, by=__name__)
    FOLLOWED.register("meetings", CallsFollow(), order=20)
    CHARTER_WORDS.register("meetings", MeetingsWord(), order=20)
    own_search.fill()
    person_data.offer_all()
    attendance_measures.fill()
    add_desk_panel(DeskPanel("my_turns", 15, call_role_panels.my_turns))
    HOLDERS.register("meetings.turns", TurnsHeld(), order=60)
    call_roles_kept.offer_all()
    call_list.offer()
    CALL_HELPERS.register("call_roles", has_taken_a_turn, order=10)


def _meetings(group: Group) -> str:
    return reverse("group_meetings", args=[group.slug])
