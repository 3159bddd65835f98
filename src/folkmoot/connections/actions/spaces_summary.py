"""The summary of a session: drafted, kept, checked for names, published."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.connections.actions.spaces_holding import hold_session, invalid
from folkmoot.connections.domain.themes import Wording, draft
from folkmoot.connections.facts.spaces import SummaryPublished
from folkmoot.connections.models.spaces import SessionState, SummaryFor, ThemeSession
from folkmoot.connections.models.spaces_sessions import LONGEST_SUMMARY
from folkmoot.connections.notices.spaces import SummaryIsOut
from folkmoot.connections.queries.spaces import gathered, invited_to
from folkmoot.connections.queries.spaces_names import not_let_stand
from folkmoot.connections.rules.spaces import may_host_session
from folkmoot.kit.errors import Refused
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.notices.actions import tell
from folkmoot.people.models import Person
from folkmoot.plan.who import others


@transaction.atomic
def keep_summary(session: ThemeSession, text: str, *, version: int, by: Actor) -> ThemeSession:
    """Keep a draft. Refused `forbidden`, `not_now`, `invalid` with params `field`, `stale` with params `version`."""
    require(may_host_session(by, session))
    held = _held_summary(session, text, version)
    if held.state == SessionState.PUBLISHED:
        raise Refused(_("This summary is published; publish the new words to change it."), code="not_now")
    held.save(update_fields=["summary", "summary_version"])
    return held


@transaction.atomic
def publish_summary(
    session: ThemeSession, text: str, *, version: int, readers: SummaryFor, let_stand: Collection[str] = (), by: Actor
) -> ThemeSession:
    """Publish a summary, or other words of one that is; no name of anybody is in it but those in `let_stand` (marks).

    Whoever could take part is told, once. Refused `forbidden`, `not_now`, `invalid` with params `field`, `stale` with
    params `version`, and `names` while a name is found that was not let stand.
    """
    require(may_host_session(by, session))
    held = _held_summary(session, text, version)
    if found := not_let_stand(held, held.summary, let_stand):
        raise Refused(
            ngettext(
                "A name may be in it. Please take it out, or say that it may stand.",
                "%(count)d names may be in it. Please take them out, or say that they may stand.",
                len(found),
            )
            % {"count": len(found)},
            code="names",
        )
    held.state, held.readers = SessionState.PUBLISHED, readers
    held.published_at = held.published_at or timezone.now()
    held.save(update_fields=["state", "readers", "published_at", "summary", "summary_version"])
    record(
        SummaryPublished(held.pk, readers.value, held.summary_version, len(set(let_stand))),
        by=by,
        on=held,
        within=held.home,
    )
    wrote = Person.objects.filter(is_active=True, theme_notes__session=held)
    tell(others([*invited_to(held, None), *wrote.distinct()], by), SummaryIsOut(held))
    return held


def drafted(session: ThemeSession) -> str:
    """The summary as the product drafts it: themes by their dots with their notes, no names."""
    themes, unplaced = gathered(session)
    counts = {theme.dots for theme in themes}
    wording = Wording(
        questions=_("What we asked"),
        chosen=_("What came up, and what mattered most"),
        others=_("Also said"),
        tied=_("as many as another theme"),
        dots={count: _dots(count) for count in counts},
    )
    return draft(session.prompts, themes, unplaced, wording)[:LONGEST_SUMMARY]


def _dots(count: int) -> str:
    return ngettext("%(count)d dot", "%(count)d dots", count) % {"count": count} if count else _("No dot")


def _held_summary(session: ThemeSession, text: str, version: int) -> ThemeSession:
    held = hold_session(session)
    if not held.shows_results:
        raise Refused(_("The summary is written once voting is closed."), code="not_now")
    if held.summary_version != version:
        raise Refused(
            _(
                "Another host changed the summary meanwhile. Your words are still here, and theirs are below; "
                "bring them together and send again."
            ),
            code="stale",
            version=held.summary_version,
        )
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_SUMMARY:
        raise invalid(
            _("A summary has some words, and at most %(most)d characters.") % {"most": LONGEST_SUMMARY}, "summary"
        )
    held.summary = text + "\n"
    held.summary_version += 1
    return held
