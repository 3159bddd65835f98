"""What this part shows on the page of an election: looking back, and for officers the way to Belenios."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from folkmoot.governance.election_parts import add_part
from folkmoot.governance.models.elections import Election
from folkmoot.governance.models.kinds import Survey
from folkmoot.governance.queries.elections import day_in
from folkmoot.governance.rules.elections import is_officer
from folkmoot.governance.rules.kinds import may_answer_survey
from folkmoot.people.reader import person_of


def fill() -> None:
    """Hang everything where it belongs."""
    add_part("looking_back", looking_back, order=60)
    add_part("belenios", belenios, order=70)


def looking_back(request: HttpRequest, election: Election) -> SafeString | None:
    """The survey: for who is asked while it runs, for everybody once it is over."""
    if not election.is_published:
        return None
    survey = Survey.objects.filter(election=election).first()
    if survey is None:
        return None
    reader = person_of(request)
    asks = reader is not None and bool(may_answer_survey(reader, survey, on=day_in(election, timezone.now())))
    has_answered = asks and survey.answered.filter(person=reader).exists()
    if survey.closed_at is None and not asks:
        return None
    context = {"survey": survey, "has_answered": has_answered}
    return render_to_string("governance/kinds/_looking_back.html", context, request)


def belenios(request: HttpRequest, election: Election) -> SafeString | None:
    """A quiet link for officers, before and while people vote."""
    if election.closed_at is not None or election.is_practice or not is_officer(person_of(request), election):
        return None
    return render_to_string("governance/kinds/_belenios.html", {"election": election}, request)
