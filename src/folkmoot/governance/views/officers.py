"""Who looks after an election: asking people, answering, declaring, giving back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from folkmoot.governance.actions.officers import (
    answer_duty,
    ask_officer,
    declare_conflict,
    give_back,
    set_needed,
    take_asking_back,
)
from folkmoot.governance.finding import election_or_404
from folkmoot.governance.forms.officers import AskForm, ConflictForm, NeededForm
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.officers import Duty, ElectionOfficer, OfficerState
from folkmoot.governance.queries.officers import team_of
from folkmoot.governance.rules.elections import may_watch
from folkmoot.governance.rules.officers import advice_on, may_appoint, may_change_duty
from folkmoot.groups.models import Group
from folkmoot.groups.rules import leads
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.people.models import Person
from folkmoot.people.reader import signed_in
from folkmoot.ui.form_pages import form_page
from folkmoot.ui.messages import say


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def officers(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who looks after the election, and for those who prepare it asking people and saying how many open the ballots."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    may_ask = may_appoint(person, election)
    if not may_watch(person, election):
        require(may_ask)
    what = request.POST.get("do", "")
    is_asking = request.method == "POST" and what not in ("needed", "take_back")
    asking = AskForm(request.POST if is_asking else None, people=people_to_ask(election, person))
    needing = NeededForm(request.POST if what == "needed" else None, initial={"needed": election.needed})
    form = needing if what == "needed" else asking
    if request.method == "POST":
        require(may_ask)
        try:
            said = _prepared(election, what, form, request.POST.get("officer", ""), person)
        except Refused as refused:
            if not form.is_bound:
                raise
            form.add_error(None, refused.message)
        else:
            if said:
                say(request, said)
                return redirect("election_officers", slug, key)
    team = team_of(election)
    context = {
        "election": election,
        "group": election.group,
        "team": team,
        "asking": asking,
        "needing": needing,
        "may_ask": may_ask,
        "advice": advice_on(election.needed, len(team.officers)),
        "me": person,
    }
    return form_page(request, "governance/officers/officers.html", form, **context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The reader's own duty: saying yes or no, what they declare, giving it back."""
    election, person = election_or_404(request, slug, key), signed_in(request)
    officer = _rows(election).filter(person=person).exclude(state=OfficerState.GONE).first()
    if officer is None:
        raise Http404
    officer.election = election
    what = request.POST.get("do", "")
    form = ConflictForm(request.POST if request.method == "POST" else None, initial={"conflict": officer.conflict})
    if request.method == "POST" and form.is_valid():
        try:
            said = _answered(officer, what, form.cleaned_data["conflict"], person)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            say(request, said)
            is_officer = officer.duty == Duty.OFFICER
            if what in ("decline", "give_back"):
                # Whoever looks after it no longer may not know of a draft any more.
                return redirect("elections", slug)
            return redirect("election_keys" if what == "accept" and is_officer else "election", slug, key)
    context = {
        "election": election,
        "group": election.group,
        "officer": officer,
        "is_asked": officer.state == OfficerState.ASKED,
        "may_change": may_change_duty(officer),
        "is_officer": officer.duty == Duty.OFFICER,
    }
    return form_page(request, "governance/officers/duty.html", form, **context)


def people_to_ask(election: Election, by: Person) -> list[Person]:
    """Those who take part in the group and were not asked or said no; then, for those who lead it, everybody else."""
    group: Group = election.group
    mine = set(group.participations.filter(ended_at=None).values_list("person_id", flat=True))
    live = election.officers.filter(state__in=(OfficerState.ASKED, OfficerState.ACCEPTED)).values("person")
    free = Person.objects.filter(is_active=True).exclude(pk__in=live)
    if not leads(by, group):
        free = free.filter(pk__in=mine)
    return sorted(free, key=lambda person: (person.pk not in mine, person.name))


def _prepared(election: Election, what: str, form: AskForm | NeededForm, row: str, person: Person) -> str:
    """Do what was asked for; nothing to say where the form was not filled in well."""
    if what == "take_back":
        officer = get_object_or_404(_rows(election), pk=int(row) if row.isascii() and row.isdigit() else 0)
        take_asking_back(officer, by=person)
        return _("%(name)s is no longer asked.") % {"name": officer.person.name}
    if not form.is_valid():
        return ""
    if what == "needed":
        set_needed(election, form.cleaned_data["needed"], by=person)
        return _("It is set.")
    asked = form.cleaned_data["person"]
    ask_officer(election, asked, Duty(form.cleaned_data["duty"]), by=person)
    return _("%(name)s is asked, and can say yes or no.") % {"name": asked.name}


def _answered(officer: ElectionOfficer, what: str, words: str, person: Person) -> str:
    if what in ("accept", "decline"):
        answer_duty(officer, accepts=what == "accept", conflict=words, by=person)
        return _("Thank you. It is noted.") if what == "accept" else _("Noted. Thank you for your answer.")
    if what == "give_back":
        give_back(officer, by=person)
        return _("You have given it back. Those who prepare the election are told.")
    declare_conflict(officer, words, by=person)
    return _("It stands on the page of the election.")


def _rows(election: Election) -> QuerySet[ElectionOfficer]:
    return ElectionOfficer.objects.filter(election=election).select_related("person")
