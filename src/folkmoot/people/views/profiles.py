"""A person's profile, to each reader what they may see of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from folkmoot.kit import zones
from folkmoot.people.models import Person, Seen
from folkmoot.people.rules import is_steward
from folkmoot.people.shown import PARTS, profile_as, profile_for
from folkmoot.ui.chrome import signed_in_person


@never_cache
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The profile; 404 where nothing of it may be seen. To its owner also as others see it, with `?as=`."""
    reader = signed_in_person(request)
    whose = get_object_or_404(Person, pk=pk)
    shown = profile_for(whose, reader)
    if shown is None:
        raise Http404
    level = request.GET.get("as", "")
    is_own = reader == whose
    if is_own and level in Seen.values and level != Seen.ME:
        shown = profile_as(whose, level)
    else:
        level = ""
    return render(
        request,
        "people/person.html",
        {
            "shown": shown,
            "lines": [(PARTS[part], part, value) for part, value in shown.parts.items()],
            "zone_words": _zone_words(shown.parts.get("zone", "")),
            "is_own": is_own,
            "seen_as": level,
            "levels": [choice for choice in Seen.choices if choice[0] != Seen.ME],
            "for_steward": is_steward(reader),
        },
    )


def _zone_words(zone: str) -> str:
    """The place, and what its clocks show now."""
    if not zone:
        return ""
    now = timezone.now().astimezone(zones.zone(zone))
    return _("%(place)s, where it is %(time)s now") % {"place": zones.place(zone), "time": now.strftime("%H:%M")}
