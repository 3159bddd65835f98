"""Saying what one cares about, and whom one does not want to be brought together with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from folkmoot.connections.domain.matching import topic
from folkmoot.connections.models.apart import NotWith
from folkmoot.connections.models.interests import LONGEST_WORDS, MOST_OF_A_SORT, Interest, InterestSort
from folkmoot.kit.errors import Refused
from folkmoot.people.models import Person


@transaction.atomic
def say_interests(person: Person, sort: InterestSort, words: Iterable[str]) -> None:
    """These are all subjects of one sort now, in this order; one's own to say, so it is told to nobody.

    Words that are compared as the same are kept once, as they were written first. Errors: `too_many`, `too_long`.
    """
    wanted: dict[str, str] = {}
    for one in words:
        said = " ".join(one.split())
        if said:
            wanted.setdefault(topic(said), said)
    if len(wanted) > MOST_OF_A_SORT:
        raise Refused(
            _("Name at most %(most)d subjects, those that matter most.") % {"most": MOST_OF_A_SORT}, code="too_many"
        )
    for subject, said in wanted.items():
        if len(said) > LONGEST_WORDS or len(subject) > LONGEST_WORDS:
            raise Refused(
                _("“%(words)s…” is too long for a subject: %(most)d characters at most.")
                % {"words": said[:30], "most": LONGEST_WORDS},
                code="too_long",
            )
    Person.objects.select_for_update().get(pk=person.pk)
    Interest.objects.filter(person=person, sort=sort).delete()
    Interest.objects.bulk_create(
        Interest(person=person, sort=sort, words=said, subject=subject) for subject, said in wanted.items()
    )


@transaction.atomic
def keep_apart(person: Person, other: Person) -> None:
    """Never bring these two together; doing it twice changes nothing. Nobody is told. Error: `oneself`."""
    if person.pk == other.pk:
        raise Refused(_("That is you."), code="oneself")
    NotWith.objects.get_or_create(asked_by=person, other=other)


@transaction.atomic
def forget_apart(person: Person, other: Person) -> None:
    """Take one's own wish back; a wish of the other one stays."""
    NotWith.objects.filter(asked_by=person, other=other).delete()
