"""Where help, articles and thanks meet: a solved question becomes an article, articles are offered before one asks,
and whoever answered can be thanked for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.connections.models.helping import HelpRequest
from folkmoot.connections.offered_answers import AFTER_SOLVED, OFFERED_ANSWERS, AfterSolved, OfferedAnswer
from folkmoot.connections.prefill import PREFILLS, Prefilled
from folkmoot.connections.queries.helping import request_for
from folkmoot.connections.queries.knowledge import offered
from folkmoot.connections.thankable import THANKABLE, Occasion, Thankable
from folkmoot.people.models import Person


def fill() -> None:
    """Enter each part's words for the others."""
    OFFERED_ANSWERS.register("articles", articles, order=10, by=__name__)
    AFTER_SOLVED.register("article", AfterSolved(gettext_lazy("Make an article of it"), _new_article), by=__name__)
    PREFILLS.register("request", of_request, by=__name__)
    THANKABLE.register("answer", Thankable(HelpRequest, _answer), order=40, by=__name__)


def articles(text: str, reader: Person) -> Sequence[OfferedAnswer]:
    """Articles that may answer a question; one query."""
    kind = _("An article")
    return [OfferedAnswer(one.title, one.path, kind, one.likeness, one.beginning) for one in offered(text, reader)]


def _new_article(request: HelpRequest) -> str:
    return f"{reverse('new_article')}?from=request:{request.pk}"


def of_request(pk: int, reader: Person) -> Prefilled | None:
    """What an article begins with: the question and the answer that was accepted, and nobody's name.

    None for what is private, has no answer that was accepted, or is not there for this reader.
    """
    asked = request_for(reader, pk)
    if asked is None or asked.is_private or asked.accepted is None:
        return None
    return Prefilled(asked.title, asked.text, asked.accepted.text, asked.desk.group)


def _answer(pk: int, reader: Person) -> Occasion | None:
    asked = request_for(reader, pk)
    if asked is None or asked.accepted is None:
        return None
    words = _("the answer to a private question")
    if not asked.is_private:
        words = _("the answer to “%(title)s”") % {"title": asked.heading}
    answered = asked.accepted.by_id
    return Occasion(
        words,
        asked.get_absolute_url(),
        asked.desk.group,
        stays_inside=asked.is_private,
        done_by=frozenset([answered]) if answered is not None else frozenset(),
    )
