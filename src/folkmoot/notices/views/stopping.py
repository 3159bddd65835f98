"""Stopping mails from within a mail program, without signing in (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from folkmoot.notices.actions import stop_topic, take_topic_up
from folkmoot.notices.domain.timing import Choice, Every
from folkmoot.notices.kinds import TOPICS
from folkmoot.notices.queries import hours_of, wishes_of
from folkmoot.notices.stopping import DIGEST, read_stop
from folkmoot.people.models import Person


# A mail program sends the POST from its own server: there is no session and no token; the signed address is the key.
@csrf_exempt
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and changes nothing; POST stops; POST with `again` takes up what was chosen before."""
    read = read_stop(token)
    person = Person.objects.filter(pk=read[0], is_active=True).first() if read else None
    topic = read[1] if read else ""
    if person is None or (topic != DIGEST and topic not in TOPICS):
        return render(request, "notices/stop.html", {"state": "unknown"}, status=404)
    before = _chosen(person, topic)
    state = "stopped" if before in (Choice.NOT, Every.NEVER) else "asked"
    if request.method == "POST" and request.POST.get("again"):
        take_topic_up(person, topic, request.POST["again"])
        state = "taken_up"
    elif request.method == "POST":
        stop_topic(person, topic)
        state = "stopped"
    if before in (Choice.NOT, Every.NEVER):
        before = Every.WEEK if topic == DIGEST else Choice.NOW
    label = _("the digest") if topic == DIGEST else TOPICS[topic].label
    return render(request, "notices/stop.html", {"state": state, "label": label, "before": before, "topic": topic})


def _chosen(person: Person, topic: str) -> str:
    return hours_of(person).digest_every if topic == DIGEST else wishes_of(person)[topic, "mail"]
