"""The calendar's line in the main menu, and the feed's in the footer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from folkmoot.ui.slots import FOOTER, MAIN_MENU, PERSON_MENU, MenuLine


def fill() -> None:
    """Hang our lines where they belong."""
    MAIN_MENU.register("calendar", MenuLine(_("Calendar"), "calendar", keys="g c"), order=20, by=__name__)
    PERSON_MENU.register("my_calendar", MenuLine(_("Your calendar"), "my_calendar"), order=20, by=__name__)
    FOOTER.register("organisation_feed", MenuLine(_("Calendar feed"), "organisation_feed"), order=20, by=__name__)
