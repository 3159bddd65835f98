"""The one page on which people choose what they hear, by which way and when."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.kit import zones
from folkmoot.kit.errors import Refused
from folkmoot.notices.actions import set_hours, set_wishes
from folkmoot.notices.channels import CHANNELS
from folkmoot.notices.forms import ChoicesForm, field_name
from folkmoot.notices.kinds import TOPICS
from folkmoot.notices.places import places_of
from folkmoot.notices.queries import hours_of, paused_address, wishes_of, zone_of
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say
from folkmoot.ui.tables import Column, DataTable


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Topics by channels, the digest, quiet hours."""
    person = signed_in(request)
    form = ChoicesForm(
        request.POST if request.method == "POST" else None, wishes=wishes_of(person), hours=hours_of(person)
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_hours(person, **form.hours)
        except Refused as refused:
            form.add_error("quiet_until", refused.message)
        else:
            set_wishes(person, form.wishes)
            say(request, _("Kept. It holds from the next notice on."))
            return redirect("notice_settings")
    return render(
        request,
        "notices/settings.html",
        {
            "form": form,
            "table": choices_table(form),
            "place": zones.place(zone_of(person)),
            "has_zone": bool(person.zone),
            "paused": paused_address(person),
            "places": places_of(person),
        },
        status=400 if form.is_bound else 200,
    )


def choices_table(form: ChoicesForm) -> DataTable:
    """Topics down, channels across; on phones each topic becomes a small list."""
    return DataTable(
        _("How soon you hear about what. Codes and answers to what you asked for always come at once."),
        (Column(_("About")), Column(_("What comes")), *(Column(entry.item.label) for entry in CHANNELS.entries())),
        tuple(
            (
                topic.item.label,
                topic.item.hint,
                *(form[field_name(topic.name, channel.name)] for channel in CHANNELS.entries()),
            )
            for topic in TOPICS.entries()
        ),
    )
