"""Making, renewing and taking back the address of a feed of one's own."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from folkmoot.calendar.facts import OwnFeedMade, OwnFeedRevoked
from folkmoot.calendar.models import OwnFeed
from folkmoot.calendar.rules import may_have_own_feed
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.people.models import Person


@transaction.atomic
def make_own_feed(*, has_details: bool, by: Person) -> tuple[OwnFeed, str]:
    """A feed with the calls of all one's groups, and its path, which nobody can read again later.

    An earlier address leads nowhere from now on. `has_details` puts ways into calls in, for whoever has the address.
    """
    require(may_have_own_feed(by))
    _hold(by)
    _revoke(by)
    token = secrets.token_urlsafe(24)
    feed = OwnFeed.objects.create(
        person=by, token_digest=digest_of_token(token), has_details=has_details, made_at=timezone.now()
    )
    record(OwnFeedMade(has_details=has_details), by=by, about=by, on=feed)
    return feed, reverse("own_feed", args=[token])


@transaction.atomic
def revoke_own_feed(*, by: Person) -> None:
    """Let the address lead nowhere; done twice, it is told once."""
    require(may_have_own_feed(by))
    _hold(by)
    if feed := _revoke(by):
        record(OwnFeedRevoked(), by=by, about=by, on=feed)


def digest_of_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _hold(person: Person) -> None:
    """One change of a person's feed at a time; SQLite has one writer anyway."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _revoke(person: Person) -> OwnFeed | None:
    feed = OwnFeed.objects.filter(person=person, revoked_at=None).first()
    if feed is not None:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
    return feed
