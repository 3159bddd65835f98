"""Pages of sessions: opening one, its wall of notes, its themes and its dots."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.spaces_sessions import (
    NEXT,
    changed_meanwhile,
    gather_themes,
    move_on,
    open_session,
    put_dots,
    take_note_back,
    write_note,
)
from folkmoot.connections.domain.themes import Placed, in_order
from folkmoot.connections.forms.spaces_sessions import NO_THEME, BoardForm, DotsForm, NoteForm, SessionForm
from folkmoot.connections.models.spaces import Circle, SessionState, ThemeNote, ThemeSession
from folkmoot.connections.queries.spaces import by_words, dots_of, gathered, on_wall
from folkmoot.connections.rules.spaces import (
    may_host_circle,
    may_host_session,
    may_read_summary,
    may_start_circle,
    may_take_part_in_session,
)
from folkmoot.connections.views.spaces import circle_or_404
from folkmoot.decisions.rules import may_propose_decision
from folkmoot.groups.models import Group
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import reader_of, signed_in
from folkmoot.plan.rules import may_add_task
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

STEPS = (
    SessionState.GATHERING,
    SessionState.CLUSTERING,
    SessionState.VOTING,
    SessionState.SUMMARY,
    SessionState.PUBLISHED,
)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a session: of a circle, of a group, or for everyone who is signed in."""
    person = signed_in(request)
    circle, group = _asked_for(request)
    require(may_host_circle(person, circle) if circle is not None else may_start_circle(person, group))
    initial = {"zone": reader_of(request).zone, "dots": 3}
    form = SessionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_session(form.words, circle=circle, group=group, by=person)
        except Refused as refused:
            field = str(refused.params.get("field", ""))
            form.add_error(field if field in form.fields else None, refused.message)
        else:
            say(request, _("The session takes notes now."))
            return redirect(made)
    home = circle.group if circle is not None else group
    return form_page(request, "connections/spaces/session_form.html", form, group=home, circle=circle)


@require_safe
@never_cache
@login_required
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """A session at the part where it is; asked by a script, only what others have written meanwhile."""
    found, person = session_or_404(request, pk), signed_in(request)
    if request.headers.get("HX-Request") == "true":
        return render(request, "connections/spaces/wall.html", _wall(found, person))
    return _page(request, found, person)


@never_cache
@login_required
@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note, or put one's dots."""
    found, person = session_or_404(request, pk), signed_in(request)
    if "dots" in request.POST:
        return _dots(request, found, person)
    form = NoteForm(request.POST, session=found)
    if form.is_valid():
        given = form.cleaned_data
        try:
            write_note(found, given["text"], prompt=given["prompt"], unsigned=given["unsigned"], by=person)
        except Refused as refused:
            form.add_error("text", refused.message)
        else:
            return redirect(f"{found.get_absolute_url()}#write")
    return _page(request, session_or_404(request, pk), person, note=form, status=400)


def _dots(request: HttpRequest, found: ThemeSession, person: Person) -> HttpResponse:
    form = DotsForm(request.POST, session=found, themes=list(found.themes.all()))
    if form.is_valid():
        try:
            count = put_dots(found, form.wanted, by=person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            left = found.dots - count
            said = _("Your dots are put. You can change them until voting closes.")
            say(request, said if not left else f"{said} {_('Some are left.')}")
            return redirect(found)
    return _page(request, session_or_404(request, pk=found.pk), person, dots=form, status=400)


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Take a note down."""
    found, person = session_or_404(request, pk), signed_in(request)
    one = get_object_or_404(found.notes.select_related("session"), pk=note)
    take_note_back(one, by=person)
    say(request, _("The note is taken down."))
    return redirect(found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: HttpRequest, pk: int) -> HttpResponse:
    """Gather notes into themes; of two hosts who do at once the second is told, and sees both."""
    found, person = session_or_404(request, pk), signed_in(request)
    require(may_host_session(person, found))
    if found.state != SessionState.CLUSTERING:
        return redirect(found)
    is_stale = request.method == "POST" and request.POST.get("version") != str(found.board_version)
    form, problem = _board_form(request, found, over=is_stale), ""
    if is_stale:
        # Said before the choices are looked at: one of them may be a theme that somebody else has dissolved.
        problem = changed_meanwhile(found.board_version).message
    elif request.method == "POST" and form.is_valid():
        try:
            gather_themes(found, form.board, version=form.cleaned_data["version"], by=person)
        except Refused as refused:
            if refused.code == "stale":
                problem = refused.message
                form = _board_form(request, session_or_404(request, pk), over=True)
            else:
                form.add_error(None, refused.message)
        else:
            say(request, _("The themes are kept."))
            return redirect("session_themes", pk)
    status = 409 if problem else 400 if form.errors else 200
    context = {"session": found, "group": found.home, "form": form, "problem": problem}
    return render(request, "connections/spaces/themes.html", context, status=status)


def _board_form(request: HttpRequest, found: ThemeSession, *, over: bool = False) -> BoardForm:
    """The board as it is; sent, with what was chosen, and `over` the board as somebody else has left it."""
    themes = list(found.themes.all())
    notes = list(by_words(found).select_related("theme"))
    if request.method != "POST":
        return BoardForm(themes=themes, notes=notes, initial={"version": found.board_version})
    data = request.POST.copy()
    if over:
        data["version"] = str(found.board_version)
        for theme in themes:
            data.setdefault(f"theme_{theme.pk}", theme.name)
        for note in notes:
            data.setdefault(f"note_{note.pk}", str(note.theme_id or NO_THEME))
    return BoardForm(data, themes=themes, notes=notes)


@never_cache
@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a session to its next part, or back to writing notes."""
    found, person = session_or_404(request, pk), signed_in(request)
    to = request.POST.get("to", "")
    if to not in SessionState.values:
        raise Refused(_("Please use one of the buttons."), code="invalid")
    move_on(found, SessionState(to), by=person)
    if to == SessionState.CLUSTERING:
        return redirect("session_themes", pk)
    return redirect("write_summary", pk) if to == SessionState.SUMMARY else redirect(found)


@dataclass(frozen=True)
class Question:
    """A question with the notes that answer it."""

    words: str
    notes: list[ThemeNote]


def _wall(found: ThemeSession, person: Person) -> dict[str, object]:
    notes = on_wall(found)
    return {
        "session": found,
        "questions": [
            Question(words, [note for note in notes if note.prompt == number])
            for number, words in enumerate(found.prompts)
        ],
        "reader": person,
        "takes_notes": found.state == SessionState.GATHERING,
        "may_host": bool(may_host_session(person, found)),
    }


def _page(
    request: HttpRequest,
    found: ThemeSession,
    person: Person,
    *,
    note: NoteForm | None = None,
    dots: DotsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    state = SessionState(found.state)
    too_late = _too_late(state, note, dots)
    context: dict[str, object] = {
        **_wall(found, person),
        "group": found.home,
        "hosts": [one.person for one in found.hosts.select_related("person")],
        "steps": [step.label for step in STEPS],
        "current": STEPS.index(state) + 1,
        "next": NEXT[state],
        "note_form": note or NoteForm(session=found, initial={"prompt": 0}),
        "may_read": bool(may_read_summary(person, found)),
        "too_late": too_late,
        "kept": note["text"].value() if too_late and note is not None else "",
    }
    if state == SessionState.VOTING:
        themes = list(found.themes.prefetch_related(Prefetch("notes", by_words(found))))
        mine = dots_of(found, person)
        context["themes"] = themes
        context["mine"] = sum(mine.values())
        context["voted"] = found.dots_given.values("person").distinct().count()
        context["dots_form"] = dots or DotsForm(
            session=found, themes=themes, initial={f"theme_{theme.pk}": mine[theme.pk] for theme in themes}
        )
    if found.shows_results:
        context["placed"], context["unplaced"] = placed(found)
        home = found.home
        context["may_add_task"] = home is not None and bool(may_add_task(person, home))
        context["may_propose"] = home is not None and bool(may_propose_decision(person, home))
    return render(request, "connections/spaces/session.html", context, status=status)


def _too_late(state: SessionState, note: NoteForm | None, dots: DotsForm | None) -> str:
    """Why a note or dots were not taken, where the session has moved on from the part in which their form stands."""
    if note is not None and state != SessionState.GATHERING:
        return " ".join(map(str, note.errors.get("text", ())))
    if dots is not None and state != SessionState.VOTING:
        return " ".join(map(str, dots.non_field_errors()))
    return ""


def placed(found: ThemeSession) -> tuple[tuple[Placed, ...], list[str]]:
    """The themes in the order of their dots, and the notes outside all themes."""
    themes, unplaced = gathered(found)
    return in_order(themes), unplaced


def session_or_404(request: HttpRequest, pk: int) -> ThemeSession:
    """The session of an address; Http404 also for whoever may not take part in it."""
    found = get_object_or_404(ThemeSession.objects.select_related("circle__group", "group"), pk=pk)
    if not may_take_part_in_session(signed_in(request), found):
        raise Http404
    return found


def _asked_for(request: HttpRequest) -> tuple[Circle | None, Group | None]:
    circle, slug = request.GET.get("circle", ""), request.GET.get("group", "")[:100]
    if circle.isascii() and circle.isdecimal() and len(circle) < 12:
        return circle_or_404(request, int(circle)), None
    return None, get_object_or_404(Group, slug=slug) if slug else None
