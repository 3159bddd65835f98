"""Publishing what people agree to, and agreeing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from folkmoot.groups.actions.participation import hold_group
from folkmoot.groups.agreements import CHARTER, SAFE_SCHEMES, not_agreed, policies_to_agree
from folkmoot.groups.facts import AgreementGiven, AgreementPublished
from folkmoot.groups.models import Agreement, CharterVersion, Consent, Group
from folkmoot.groups.rules import may_manage
from folkmoot.kit.errors import Refused
from folkmoot.kit.naming import plain_name, shows_nothing
from folkmoot.kit.verdict import require
from folkmoot.ledger.actions import record
from folkmoot.ledger.actors import Actor
from folkmoot.organisation.queries import today_here
from folkmoot.people.models import Person
from folkmoot.people.rules import may_run_the_installation

LONGEST_TEXT = 100_000


def follow_charter(charter: CharterVersion) -> None:
    """Let people who join agree to this version of a charter and to the policies that it links to.

    In the transaction that adopts the charter, whose fact tells it.
    """
    group = charter.group
    Agreement.objects.create(
        group=group,
        key=CHARTER,
        number=charter.number,
        title=(_("Charter of %(group)s") % {"group": group.name})[:200],
        url=reverse("charter", args=[group.slug]),
        in_force_from=charter.in_force_from,
    )
    for key, item in policies_to_agree(charter.reading).items():
        title, url = plain_name(str(item["name"]), 200), str(item["url"])[:500]
        last = Agreement.objects.filter(group=group, key=key).order_by("-number").first()
        if last is None or (last.title, last.url) != (title, url):
            Agreement.objects.create(
                group=group,
                key=key,
                number=last.number + 1 if last else 1,
                title=title,
                url=url,
                in_force_from=charter.in_force_from,
            )


@transaction.atomic
def publish_agreement(
    *, title: str, url: str = "", text: str = "", in_force_from: date | None = None, by: Actor
) -> Agreement:
    """Publish the next version of a document that everybody agrees to, in any group; told apart by its title.

    Whoever takes part already is asked again, and may go on meanwhile.
    """
    require(may_run_the_installation(by))
    title, text, url = plain_name(title, 200), text.strip(), url.strip()
    key = slugify(title)[:60]
    if shows_nothing(title) or not key:
        raise Refused(_("The document needs a title."), code="invalid")
    if bool(url) == bool(text):
        raise Refused(_("Please give either an address where it can be read, or its text."), code="invalid")
    if url and not url.startswith(SAFE_SCHEMES):
        raise Refused(_("The address begins with https:// or http://."), code="invalid")
    if len(url) > 500 or len(text) > LONGEST_TEXT:
        raise Refused(_("That is too long."), code="invalid")
    return _publish(None, key, title=title, url=url, text=text, in_force_from=in_force_from, by=by)


@transaction.atomic
def publish_group_text(group: Group, *, key: str, title: str, text: str, by: Actor) -> Agreement:
    """Publish the next version of a text of one group, under a key that no policy of a charter has.

    It is read on the group's pages; nobody who joins is asked to agree to it. Said once more in the same words, the
    version stays that it was.
    """
    hold_group(group)
    require(may_manage(by, group))
    title, text = plain_name(title, 200), text.replace("\r\n", "\n").strip()
    if shows_nothing(title) or shows_nothing(text):
        raise Refused(_("The text needs a title and words."), code="invalid")
    if len(text) > LONGEST_TEXT:
        raise Refused(_("That is too long."), code="invalid")
    last = Agreement.objects.filter(group=group, key=key).order_by("-number").first()
    if last is not None and (last.title, last.text) == (title, text):
        return last
    return _publish(group, key, title=title, text=text, by=by)


def _publish(
    group: Group | None,
    key: str,
    *,
    title: str,
    text: str,
    url: str = "",
    in_force_from: date | None = None,
    by: Actor,
) -> Agreement:
    last = Agreement.objects.select_for_update().filter(group=group, key=key).order_by("-number").first()
    agreement = Agreement.objects.create(
        group=group,
        key=key,
        number=last.number + 1 if last else 1,
        title=title,
        url=url,
        text=text,
        in_force_from=in_force_from or today_here(),
    )
    record(
        AgreementPublished(
            agreement_id=agreement.pk,
            title=title,
            number=agreement.number,
            in_force_from=agreement.in_force_from.isoformat(),
        ),
        by=by,
        on=agreement,
        within=group,
    )
    return agreement


@transaction.atomic
def agree(agreements: Iterable[Agreement], *, by: Person, at: datetime | None = None) -> None:
    """Agree to these versions of documents; what was agreed to before stays as it was."""
    now = at or timezone.now()
    for agreement in not_agreed(by, list(agreements)):
        _consent, is_new = Consent.objects.get_or_create(agreement=agreement, person=by, defaults={"given_at": now})
        if is_new:
            record(
                AgreementGiven(agreement_id=agreement.pk, title=agreement.title, number=agreement.number),
                by=by,
                about=by,
                on=agreement,
                within=agreement.group,
                at=now,
            )
