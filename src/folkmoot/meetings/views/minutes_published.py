"""Published minutes: as a page, as Markdown, as PDF, and a group's as a feed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.groups.models import Group
from folkmoot.meetings.minutes_check import body_html, document_html, feed_entry, file_name, markdown_of, title_of
from folkmoot.meetings.minutes_reading import minutes_of, public_of, published_of
from folkmoot.meetings.models import Minutes
from folkmoot.meetings.views.answering import meeting_or_404
from folkmoot.people.kept_pages import kept_for_strangers
from folkmoot.ui.documents import make_pdf

LATEST = 30


@require_safe
@kept_for_strangers
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody reads of the minutes of a call."""
    found = _published(pk)
    public = public_of(found)
    context = {
        "meeting": found.meeting,
        "group": found.meeting.group,
        "minutes": found,
        "public": public,
        "title": title_of(public),
        "body": body_html(public),
    }
    return render(request, "meetings/minutes_published.html", context)


@require_safe
def markdown(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Markdown file, in our own form of minutes."""
    found = _published(pk)
    response = HttpResponse(markdown_of(public_of(found)), content_type="text/markdown; charset=utf-8")
    return _as_file(response, file_name(found.meeting, "md"))


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a tagged PDF. Refused `no_pdf` where none can be made."""
    found = _published(pk)
    response = HttpResponse(make_pdf(document_html(public_of(found))), content_type="application/pdf")
    return _as_file(response, file_name(found.meeting, "pdf"))


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest published minutes of a group, as Atom."""
    group = get_object_or_404(Group, slug=slug)
    address = request.build_absolute_uri
    made = Atom1Feed(
        title=_("Minutes of %(group)s") % {"group": group.name},
        link=address(reverse("group_meetings", args=[slug])),
        description="",
        language=get_language(),
        feed_url=address(request.path),
    )
    for minutes in published_of(group)[:LATEST]:
        title, html = feed_entry(public_of(minutes))
        url = address(reverse("published_minutes", args=[minutes.pk]))
        made.add_item(
            title=_printable(title),
            link=url,
            unique_id=url,
            description=_printable(html),
            pubdate=minutes.published_at,
            updateddate=minutes.published_at,
        )
    response = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    patch_cache_control(response, public=True, max_age=300)
    return response


def _published(pk: int) -> Minutes:
    """The published minutes of a call; 404 where there are none, so that nobody learns of a draft."""
    found = minutes_of(meeting_or_404(pk))
    if found is None or not found.is_published:
        raise Http404
    return found


def _as_file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, public=True, max_age=300)
    return response


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n")
