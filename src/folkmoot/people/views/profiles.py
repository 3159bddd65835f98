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
from folkmoot.people.profile_panels import panels_of
from folkmoot.people.rules import is_steward
from folkmoot.people.shown import PARTS, profile_as, profile_for
from folkmoot.ui.chrome import signed_in_person
from folkmoot.ui.times import clock_words, local


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
            "zone_words": _zone_words(shown.parts.get("zone", ""), request.reader.clock),  # type: ignore[attr-defined]
            "is_own": is_own,
            "seen_as": level,
            "current": f"{request.path}?as={level}" if level else request.path,
            "levels": [(seen, seen.label, f"{request.path}?as={seen}") for seen in Seen if seen != Seen.ME],
            "for_steward": is_steward(reader),
            "panels": [] if level else panels_of(request, whose, reader),
        },
    )


def _zone_words(zone: str, clock: str) -> str:
    """The place, and what its clocks show now."""
    if not zone:
        return ""
    now = clock_words(local(timezone.now(), zone), clock)
    return _("%(place)s, where it is %(time)s now") % {"place": zones.place(zone), "time": now}
