"""Programmes of mentoring: which there are, one of them, setting one up, and applying."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.connections.actions.mentoring import (
    apply_for_mentoring,
    change_programme,
    dates_around,
    make_programme,
    withdraw_application,
)
from folkmoot.connections.actions.mentoring_pairs import look_again
from folkmoot.connections.domain.mentoring_terms import Phase
from folkmoot.connections.forms.mentoring import (
    COMMUNITY,
    MenteeForm,
    MentorForm,
    ProgrammeForm,
    application_values,
    programme_values,
    usual_values,
)
from folkmoot.connections.mentoring_words import PHASES, cadence_words
from folkmoot.connections.models.interests import InterestSort
from folkmoot.connections.models.mentoring_programmes import MentoringApplication, MentoringProgramme, Side
from folkmoot.connections.queries.interests import interests_of
from folkmoot.connections.queries.mentoring import (
    applications_of,
    mentors_who_show_themselves,
    numbers_of,
    pairs_of,
    programmes,
    quotes_of,
    reflections_for_those_who_run,
)
from folkmoot.connections.rules.mentoring import (
    may_apply,
    may_change_programme,
    may_make_programme,
    may_run_programme,
    may_withdraw,
)
from folkmoot.groups.models import Group
from folkmoot.groups.queries import groups_led_by
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import YES, Verdict, no, require
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say

SHOWN = 50


@require_safe
@never_cache
@login_required
def mentoring(request: HttpRequest) -> HttpResponse:
    """The reader's pairs, and all programmes; a query for each of them."""
    person, today = signed_in(request), today_here()
    slug = request.GET.get("group", "")
    group = get_object_or_404(Group, slug=slug) if slug else None
    rows = [(one, PHASES[one.phase(today)]) for one in programmes(group)[:SHOWN]]
    context = {
        "pairs": pairs_of(person)[:SHOWN],
        "rows": rows,
        "may_make": bool(_may_make_any(person)),
        "group": group,
    }
    return render(request, "connections/mentoring/programmes.html", context)


@require_safe
@never_cache
@login_required
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme: what it is for, where it stands, and what the reader can do."""
    found, person, today = programme_or_404(pk), signed_in(request), today_here()
    phase = found.phase(today)
    runs = bool(may_run_programme(person, found))
    mine = applications_of(person, found)
    context = {
        "programme": found,
        "phase": phase,
        "step": list(Phase).index(phase) + 1,
        "cadence": cadence_words(found.weeks),
        "may_apply": may_apply(person, found, on=today),
        "may_withdraw": may_withdraw(person, found, on=today),
        "applied": list(mine.values()),
        "is_mentor": Side.MENTOR in mine,
        "is_mentee": Side.MENTEE in mine,
        "pairs": [one for one in pairs_of(person) if one.programme_id == found.pk],
        "runs": runs,
        "may_change": runs and bool(may_change_programme(person, found, on=today)),
        "numbers": numbers_of(found) if runs else None,
        "shared": list(reflections_for_those_who_run(found)) if runs and phase == Phase.ENDED else [],
        "quotes": quotes_of(found) if phase == Phase.ENDED else [],
    }
    return render(request, "connections/mentoring/programme.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set a programme up."""
    person = signed_in(request)
    require(_may_make_any(person))
    groups, community = list(groups_led_by(person)), bool(may_make_programme(person, None))
    wanted = request.GET.get("group", "")
    initial = usual_values(dates_around(today_here()), where=wanted or (groups[0].slug if groups else COMMUNITY))
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        initial=dict(initial),
        groups=_choices(groups, wanted),
        community=community,
    )
    if request.method == "POST" and form.is_valid():
        where = form.cleaned_data["where"]
        try:
            made = make_programme(
                None if where == COMMUNITY else get_object_or_404(Group, slug=where), form.words, by=person
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("The programme is set up. Applications open by themselves on their first day."))
            return redirect(made)
    return form_page(request, "connections/mentoring/programme_form.html", form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a programme otherwise, or move its days."""
    found, person = programme_or_404(pk), signed_in(request)
    require(may_change_programme(person, found, on=today_here()))
    form = ProgrammeForm(request.POST if request.method == "POST" else None, initial=programme_values(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_programme(found, form.words, by=person)
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("The programme is changed."))
            return redirect(found)
    return form_page(request, "connections/mentoring/programme_form.html", form, programme=found)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Apply as a mentor or a mentee, or change what one wrote."""
    found, person, which = programme_or_404(pk), signed_in(request), side_or_404(side)
    require(may_apply(person, found, on=today_here()))
    mine = applications_of(person, found).get(which)
    mentors = mentors_who_show_themselves(found, to=person) if which == Side.MENTEE else []
    initial = _application_values(person, mine, which)
    data = request.POST if request.method == "POST" else None
    form: MentorForm | MenteeForm = (
        MentorForm(data, initial=initial, most=found.most_each)
        if which == Side.MENTOR
        else MenteeForm(data, initial=initial, mentors=mentors)
    )
    if request.method == "POST" and form.is_valid():
        try:
            apply_for_mentoring(found, which, form.said, by=person)
        except Refused as refused:
            refuse(form, refused)
        else:
            say(request, _("Thank you. You can change it, or take it back, until applications close."))
            return redirect(found)
    context = {
        "programme": found,
        "side": which,
        "is_mentor": which == Side.MENTOR,
        "mine": mine,
        "mentors": _with_subjects(mentors),
    }
    return form_page(request, "connections/mentoring/apply.html", form, **context)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Take one's application back."""
    found = programme_or_404(pk)
    withdraw_application(found, side_or_404(side), by=signed_in(request))
    say(request, _("Your application is withdrawn, and nothing of it is kept."))
    return redirect(found)


@never_cache
@login_required
@require_POST
def again(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Be suggested to somebody else, or not any more."""
    found, person = programme_or_404(pk), signed_in(request)
    mine = applications_of(person, found).get(side_or_404(side))
    if mine is None:
        raise Http404
    wants = request.POST.get("wants") == "yes"
    look_again(mine, wants, by=person)
    say(
        request,
        _("Those who run the programme look for somebody for you.") if wants else _("You are suggested to nobody now."),
    )
    return redirect(found)


def programme_or_404(pk: int) -> MentoringProgramme:
    """The programme of an address, with its group."""
    found: MentoringProgramme = get_object_or_404(MentoringProgramme.objects.select_related("group"), pk=pk)
    return found


def side_or_404(side: str) -> Side:
    """The side of an address."""
    if side not in Side.values:
        raise Http404
    return Side(side)


def refuse(form: object, refused: Refused) -> None:
    """Show a refusal at its field, where the form has it."""
    field = str(refused.params.get("field", ""))
    field = {"languages": "language_0", "wishes": "wish_1"}.get(field, field)
    form.add_error(field if field in form.fields else None, refused.message)  # type: ignore[attr-defined]


def _may_make_any(person: Person) -> Verdict:
    """Whether somebody may set a programme up anywhere."""
    verdict = may_make_programme(person, None)
    if verdict or groups_led_by(person).exists():
        return YES
    return no(_("Those who lead a group set up mentoring in it; a steward does so for the whole community."))


def _choices(groups: list[Group], wanted: str) -> list[Group]:
    """The groups somebody leads, and the one they came from; the action says whether they may."""
    extra = Group.objects.filter(slug=wanted).exclude(pk__in=[one.pk for one in groups]) if wanted else ()
    return [*groups, *extra]


def _application_values(person: Person, mine: MentoringApplication | None, side: Side) -> dict[str, object]:
    sort = InterestSort.HELPS if side == Side.MENTOR else InterestSort.LEARNS
    profile = getattr(person, "profile", None)
    return application_values(
        mine,
        subjects=list(interests_of([person.pk])[person.pk].of(sort).values()),
        spoken=profile.languages if profile is not None else [],
        wishes=list(mine.wishes.values_list("mentor", flat=True)) if mine is not None else [],
    )


def _with_subjects(mentors: list[MentoringApplication]) -> list[tuple[MentoringApplication, list[str]]]:
    """Each with what they can help with."""
    interests = interests_of(one.person_id for one in mentors)
    return [(one, list(interests[one.person_id].helps.values())) for one in mentors]
