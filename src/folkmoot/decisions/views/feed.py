"""The feed of what a group has decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.decisions.models import Status
from folkmoot.decisions.queries import decisions_of, seen_by_all
from folkmoot.plan.filling_in import group_called
from folkmoot.plan.rendering import rendered

LATEST = 30


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest decisions that were adopted, as Atom."""
    group = group_called(slug)
    address = request.build_absolute_uri
    made = Atom1Feed(
        title=_("Decisions of %(group)s") % {"group": group.name},
        link=address(reverse("decisions", args=[slug])),
        description="",
        language=get_language(),
        feed_url=address(request.path),
    )
    adopted = decisions_of(group).filter(seen_by_all(), status=Status.ADOPTED).order_by("-settled_at", "-pk")
    for decision in adopted[:LATEST]:
        url = address(decision.get_absolute_url())
        made.add_item(
            title=str(decision),
            link=url,
            unique_id=url,
            description=_printable(rendered(decision.text)),
            pubdate=decision.settled_at,
            updateddate=decision.settled_at,
        )
    response = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    patch_cache_control(response, public=True, max_age=300)
    return response


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n")
