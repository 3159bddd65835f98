"""The page of a pair. It is the two's alone: to everybody else, whoever they are, it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.mentoring_matching import answer_pairing
from folkmoot.connections.actions.mentoring_pairs import (
    agree_on_goals,
    answer_check_in,
    end_pair,
    forget_meeting,
    note_meeting,
    reflect,
    set_next_meeting,
    take_reflection_back,
)
from folkmoot.connections.forms.mentoring_pairs import (
    CheckInForm,
    EndForm,
    GoalsForm,
    MetForm,
    NextMeetingForm,
    NotThisForm,
    ReflectionForm,
    goals_values,
)
from folkmoot.connections.mentoring_page import PairPage, next_meeting_file
from folkmoot.connections.mentoring_words import cadence_words
from folkmoot.connections.models.mentoring import HowItGoes, PairMeeting, PairState, SharedWith
from folkmoot.connections.models.mentoring_programmes import MentoringProgramme, Side
from folkmoot.connections.queries.interests import interests_of
from folkmoot.connections.queries.mentoring import whole_pairs
from folkmoot.connections.views.mentoring import refuse
from folkmoot.kit.errors import Refused
from folkmoot.organisation.queries import today_here
from folkmoot.people.reader import reader_of, signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@dataclass
class Filled:
    """A form of the page that was sent and not accepted, by its name; the others are as they were."""

    name: str = ""
    form: Form | None = None
    status: int = field(default=200)

    def or_new(self, name: str, make: Callable[[], Form]) -> Form:
        return self.form if self.name == name and self.form is not None else make()


@require_safe
@never_cache
@login_required
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair, in whichever state."""
    if (programme := _did_not_come_about(request, pk)) is not None:
        return redirect(programme)
    return _shown(request, page_or_404(request, pk), Filled())


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, or not this pairing."""
    if (programme := _did_not_come_about(request, pk)) is not None:
        return redirect(programme)
    page = page_or_404(request, pk)
    accepts = request.POST.get("answer") == "yes"
    form = NotThisForm(request.POST)
    if not accepts and (request.POST.get("answer") != "no" or not form.is_valid()):
        return _shown(request, page, Filled("not_this", form, 400))
    given = {} if accepts else {"reason": form.cleaned_data["reason"], "tells": form.cleaned_data["tells"]}
    held = answer_pairing(page.pair, accepts, by=page.me, **given)
    if accepts:
        say(
            request, _("Good. You are a pair now.") if held.state == PairState.RUNNING else _("Thank you for your yes.")
        )
        return redirect(held)
    say(request, _("Thank you for saying so. Nobody is told who said no."))
    return redirect(held.programme)


@never_cache
@login_required
@require_POST
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    """What the two want to reach, and how often they meet."""
    page, form = page_or_404(request, pk), GoalsForm(request.POST)

    def done() -> None:
        given = form.cleaned_data
        try:
            agree_on_goals(page.pair, goals=given["goals"], weeks=given["weeks"], was=given["was"], by=page.me)
        except Refused as refused:
            if refused.code == "stale":  # the page shows what the other one wrote now, so the next try may replace it
                form.data = {**request.POST.dict(), "was": page.pair.goals}
            raise

    return _kept(request, page, "goals", form, done, _("That is what you agreed on now."))


@never_cache
@login_required
@require_POST
def next_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the time of the next meeting, or take it away."""
    page = page_or_404(request, pk)
    if "none" in request.POST:
        set_next_meeting(page.pair, None, by=page.me)
        say(request, _("The time is taken away."))
        return redirect(page.pair)
    form = NextMeetingForm(request.POST, proposals=page.proposals(), zone=page.reader.zone)

    def done() -> None:
        set_next_meeting(page.pair, form.when, by=page.me)

    return _kept(request, page, "next", form, done, _("The time is set, and the other one of you is told."))


@require_safe
@never_cache
@login_required
def next_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The next meeting as a file that any calendar can take in."""
    page = page_or_404(request, pk)
    summary = _("Mentoring: %(name)s") % {"name": page.other.name}
    address = request.build_absolute_uri(page.pair.get_absolute_url())
    content = next_meeting_file(page.pair, page.reader, summary=summary, address=address)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mentoring-{page.pair.pk}.ics"'
    return answer


@never_cache
@login_required
@require_POST
def met(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that the two met, with a note."""
    page, form = page_or_404(request, pk), MetForm(request.POST)

    def done() -> None:
        note_meeting(page.pair, form.cleaned_data["held_on"], words=form.cleaned_data["words"], by=page.me)

    return _kept(request, page, "met", form, done, _("Noted, for the two of you."))


@never_cache
@login_required
@require_POST
def not_met(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """Take a day out again."""
    page = page_or_404(request, pk)
    found = get_object_or_404(PairMeeting.objects.select_related("pair__programme"), pk=meeting, pair=page.pair)
    forget_meeting(found, by=page.me)
    say(request, _("The day is taken out."))
    return redirect(page.pair)


@never_cache
@login_required
@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it goes."""
    page, form = page_or_404(request, pk), CheckInForm(request.POST)
    asked = page.check_in
    if asked is None:
        raise Http404

    def done() -> None:
        answer_check_in(asked, HowItGoes(form.cleaned_data["answer"]), by=page.me)

    said = (
        _("Thank you. Those who run the programme are asked to be in touch with you.")
        if form.is_valid() and form.cleaned_data["answer"] == HowItGoes.ATTENTION
        else _("Thank you. Your answer is yours alone.")
    )
    return _kept(request, page, "check_in", form, done, said)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End it here, after a page that says what follows."""
    page = page_or_404(request, pk)
    if not page.is_running:
        return redirect(page.pair)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        end_pair(page.pair, looks_again=form.cleaned_data["looks_again"], by=page.me)
        say(request, _("Your time as a pair ends here. Thank you for it; the other one of you is told kindly."))
        return redirect(page.pair)
    return form_page(request, "connections/mentoring/end.html", form, page=page, pair=page.pair)


@never_cache
@login_required
@require_POST
def reflection(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what one takes with one, change it, or delete it."""
    page = page_or_404(request, pk)
    if "none" in request.POST:
        take_reflection_back(page.pair, by=page.me)
        say(request, _("What you wrote is deleted."))
        return redirect(page.pair)
    form = ReflectionForm(request.POST)

    def done() -> None:
        reflect(page.pair, form.cleaned_data["words"], SharedWith(form.cleaned_data["shared"]), by=page.me)

    return _kept(request, page, "reflection", form, done, _("Kept, for whom you chose."))


def page_or_404(request: HttpRequest, pk: int) -> PairPage:
    """The page of one of the two; 404 for everybody else, stewards too, and for a pair that did not come about."""
    found, person = get_object_or_404(whole_pairs(), pk=pk), signed_in(request)
    side = found.side_of(person)
    if side is None or found.state == PairState.UNMADE:
        raise Http404
    return PairPage(found, reader_of(request), side, now=timezone.now())


def _did_not_come_about(request: HttpRequest, pk: int) -> MentoringProgramme | None:
    """The programme of a pair that did not come about, to one of the two, who may follow an old mail; with a word."""
    found, person = get_object_or_404(whole_pairs(), pk=pk), signed_in(request)
    if found.state != PairState.UNMADE or found.side_of(person) is None:
        return None
    say(request, _("This pairing does not come about. It says nothing about you."), level="info")
    return found.programme


def _kept(
    request: HttpRequest, page: PairPage, name: str, form: Form, done: Callable[[], None], said: str
) -> HttpResponse:
    """Do what a form of the page says, and go back to it; or show it with what was not accepted."""
    if form.is_valid():
        try:
            done()
        except Refused as refused:
            if refused.code == "not_found":
                raise
            refuse(form, refused)
        else:
            say(request, said)
            return redirect(page.pair)
    return _shown(request, page, Filled(name, form, 400))


def _shown(request: HttpRequest, page: PairPage, filled: Filled) -> HttpResponse:
    found = page.pair
    application = found.application_of(Side.MENTEE if page.side == Side.MENTOR else Side.MENTOR)
    interests = interests_of([page.other.pk])[page.other.pk]
    context: dict[str, object] = {
        "page": page,
        "pair": found,
        "programme": found.programme,
        "cadence": cadence_words(found.weeks),
        "about_other": application,
        "subjects": list((interests.helps if application.is_mentor else interests.learns).values()),
        "failed": filled.form,
        "form": filled.form,
    }
    if page.is_asked:
        context["not_this"] = filled.or_new("not_this", NotThisForm)
    if page.is_running:
        proposals = page.proposals()
        context |= {
            "goals": filled.or_new("goals", lambda: GoalsForm(initial=goals_values(found))),
            "next": filled.or_new(
                "next",
                lambda: NextMeetingForm(
                    proposals=proposals, zone=page.reader.zone, initial={"minutes": found.next_minutes}
                ),
            ),
            "has_proposals": bool(proposals),
        }
    if page.is_running or page.has_ended:
        asked, mine = page.check_in, page.mine
        context |= {
            "met": filled.or_new("met", lambda: MetForm(initial={"held_on": today_here()})),
            "asked": asked,
            "check_in": filled.or_new(
                "check_in", lambda: CheckInForm(initial={"answer": asked.answer if asked is not None else ""})
            ),
            "meetings": list(page.meetings),
            "mine": mine,
            "reflection": filled.or_new(
                "reflection",
                lambda: ReflectionForm(
                    initial={"words": mine.words, "shared": mine.shared}
                    if mine is not None
                    else {"shared": SharedWith.ME}
                ),
            ),
        }
    return render(request, "connections/mentoring/pair.html", context, status=filled.status)
