"""A person's list of notices."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from folkmoot.notices.actions import mark_read
from folkmoot.notices.kinds import TOPICS
from folkmoot.notices.models import Telling
from folkmoot.notices.queries import UNREAD, notices_of, unread_count
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say

ON_A_PAGE = 20


def _topic(given: str | None) -> str:
    return given if given and given in TOPICS else ""


@never_cache
@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first, all or of one topic."""
    person = signed_in(request)
    topic = _topic(request.GET.get("topic"))
    page = Paginator(notices_of(person, topic), ON_A_PAGE).get_page(request.GET.get("page"))
    topics = [("", _("All"), not topic)] + [
        (entry.name, entry.item.label, entry.name == topic) for entry in TOPICS.entries()
    ]
    return render(
        request,
        "notices/told.html",
        {"page": page, "topics": topics, "topic": topic, "unread": unread_count(person)},
    )


@never_cache
@require_safe
@login_required
def notice(request: HttpRequest, telling_id: int) -> HttpResponse:
    """One notice; showing it to its person is what reading means, so it is marked as read."""
    person = signed_in(request)
    telling = get_object_or_404(Telling, pk=telling_id, person=person, listed_at__isnull=False)
    if telling.read_at is None and request.method == "GET":
        count = mark_read(person, now=timezone.now(), telling=telling)
        # The frame of this very page counts it as read.
        setattr(person, UNREAD, max(0, getattr(person, UNREAD, 0) - count))
    return render(request, "notices/notice.html", {"telling": telling, "topic": TOPICS.get(telling.topic)})


@never_cache
@login_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark all, or all of a topic, as read."""
    person = signed_in(request)
    topic = _topic(request.POST.get("topic"))
    count = mark_read(person, now=timezone.now(), topic=topic)
    words = ngettext("One notice is marked as read.", "%(count)d notices are marked as read.", count)
    say(request, words % {"count": count} if count else _("Everything was read already."))
    return redirect(f"{reverse('notices')}?topic={topic}" if topic else reverse("notices"))
