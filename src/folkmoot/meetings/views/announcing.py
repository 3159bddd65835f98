"""The page on which a call is announced."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.groups.mailing import place_of
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.meetings.actions.announcing import next_number, save_announcement, send_announcement
from folkmoot.meetings.announcing_words import clean_words, draft_of, for_reader
from folkmoot.meetings.call_role_rules import is_to_come, may_announce, may_read_announcements
from folkmoot.meetings.call_roles_page import day_of
from folkmoot.meetings.forms.call_roles import AnnouncementForm, AnotherAnnouncementForm
from folkmoot.meetings.models import Meeting
from folkmoot.meetings.views.answering import meeting_or_404
from folkmoot.notices.domain.paragraphs import Block, blocks
from folkmoot.notices.queries import lists_of
from folkmoot.people.reader import signed_in
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was announced of a call, and for those who may, the draft: kept, looked at, and sent."""
    meeting, person = meeting_or_404(pk), signed_in(request)
    require(may_read_announcements(person, meeting))
    may = bool(may_announce(person, meeting)) and bool(is_to_come(meeting))
    if request.method == "POST":
        require(may_announce(person, meeting))
        require(is_to_come(meeting))
    form = _form(request, meeting) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        words = {"number": given["number"], "subject": given["subject"], "body": given["body"]}
        try:
            if "send" in request.POST:
                send_announcement(meeting, **words, again=given.get("again", False), by=person)
                say(request, _("The call is announced. Mails are on their way."))
                return redirect("announcement", pk)
            if "keep" in request.POST:
                save_announcement(meeting, **words, by=person)
                say(request, _("The draft is kept; nothing was sent."))
                return redirect("announcement", pk)
            # Looked at: what cannot be sent is said now.
            clean_words(given["subject"], given["body"])
        except Refused as refused:
            if refused.code == "already_sent":
                form = _further(request, meeting)
            field = {"not_confirmed": "again"}.get(refused.code) or refused.params.get("field")
            form.add_error(str(field) if field in form.fields else None, refused.message)
    sent = meeting.announcements.filter(sent_at__isnull=False).select_related("by").order_by("-number")
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "day": day_of(meeting),
        "form": form,
        "preview": _preview(form, meeting) if form is not None else None,
        "sent": [(one, for_reader(one.subject, meeting), _blocks(one.body, meeting)) for one in sent],
        "lists": [one.address for one in lists_of(place_of(meeting.group)) if one.confirmed_at] if may else [],
    }
    errors = form is not None and form.errors
    return render(request, "meetings/roles/announcement.html", context, status=400 if errors else 200)


def _form(request: HttpRequest, meeting: Meeting) -> AnnouncementForm:
    number = next_number(meeting)
    kind = AnotherAnnouncementForm if number > 1 else AnnouncementForm
    if request.method == "POST":
        return kind(request.POST)
    return kind(initial=_initial(meeting, number))


def _further(request: HttpRequest, meeting: Meeting) -> AnnouncementForm:
    """What somebody wrote, as the next one, when another was sent while they wrote."""
    data = request.POST.copy()
    data["number"] = str(next_number(meeting))
    data.pop("again", None)
    form = AnotherAnnouncementForm(data)
    form.is_valid()
    return form


def _initial(meeting: Meeting, number: int) -> dict[str, object]:
    draft = meeting.announcements.filter(number=number).first()
    subject, body = (draft.subject, draft.body) if draft is not None else draft_of(meeting)
    return {"number": number, "subject": subject, "body": body}


def _preview(form: AnnouncementForm, meeting: Meeting) -> tuple[str, list[Block]]:
    """Subject and paragraphs as this reader would get them."""
    subject, body = str(form["subject"].value() or ""), str(form["body"].value() or "")
    return for_reader(subject, meeting), _blocks(body, meeting)


def _blocks(body: str, meeting: Meeting) -> list[Block]:
    return blocks(for_reader(body, meeting))
