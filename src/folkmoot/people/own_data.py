"""What this room itself keeps about people, for the page "What is kept about me", for merging and for erasing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models
from django.utils.translation import gettext_lazy as _

from folkmoot.ledger.actions import erase_words
from folkmoot.ledger.models import Entry
from folkmoot.people.kept_files import forget_file
from folkmoot.people.models import (
    Absence,
    Affiliation,
    ComfortableHours,
    MergeRecord,
    Person,
    Profile,
    SignInLink,
    Upload,
)
from folkmoot.people.person_data import OnMerging, Rows, Unmoved, offer
from folkmoot.people.uploads import places_of
from folkmoot.ui.slots import Label

SECRET = _("You. Stewards see that it is there, never what it is.")


def moment(instant: Any) -> str | None:
    return instant.isoformat() if instant else None


class Record(Unmoved):
    """The record itself. Merging and erasing it is what the actions do, after everything else."""

    title: Label = _("Record")
    seen_by: Label = _(
        "Your name: everyone, wherever you take part. Your address and time zone: whoever manages a group in which you "
        "take part, in the list that they can take out. The rest: you and the stewards."
    )
    corrected_at: str = "my_profile"

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return [(Person, "merged_into")]

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {
                "number": person.pk,
                "name": person.name,
                "e-mail address": person.email,
                "time zone": person.zone,
                "clock": person.clock,
                "appearance": person.theme,
                "steward": person.is_steward,
                "here since": moment(person.joined_at),
                "last signed in": moment(person.last_login),
            }
        ]

    def erase(self, person: Person) -> None:
        """Left to `actions.erase_person`, since all else may need to know whom it erases."""


class Merges(Unmoved):
    """Which records were merged into this one."""

    title: Label = _("Records merged into this one")
    seen_by: Label = _("You and the stewards.")

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return [(MergeRecord, "kept"), (MergeRecord, "gone")]

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {"number": row.gone_id, "address": row.gone_email, "merged": moment(row.made_at)}
            for row in MergeRecord.objects.filter(kept=person, undone_at=None)
        ]

    def erase(self, person: Person) -> None:
        MergeRecord.objects.filter(models.Q(kept=person) | models.Q(gone=person)).update(
            gone_email="", moved={}, before={}
        )


class Addresses:
    """The addresses by which somebody signs in. When merged, the other record's lead here as well."""

    title: Label = _("E-mail addresses")
    seen_by: Label = _("You and the stewards; the first one also whoever manages a group in which you take part.")
    corrected_at: str = "account_email"

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return [(EmailAddress, "user")]

    def export(self, person: Person) -> list[dict[str, Any]]:
        return [
            {"address": row.email, "confirmed": row.verified, "first": row.primary}
            for row in EmailAddress.objects.filter(user=person).order_by("pk")
        ]

    def merge(self, kept: Person, gone: Person) -> Mapping[str, Any]:
        has_primary = EmailAddress.objects.filter(user=kept, primary=True).exists()
        moved = []
        for row in EmailAddress.objects.filter(user=gone).order_by("pk"):
            if EmailAddress.objects.filter(user=kept, email=row.email).exists():
                continue
            moved.append([row.pk, row.primary])
            row.user, row.primary = kept, row.primary and not has_primary
            row.save(update_fields=["user", "primary"])
        return {"rows": moved}

    def part(self, kept: Person, gone: Person, moved: Mapping[str, Any]) -> None:
        for key, primary in moved.get("rows", []):
            row = EmailAddress.objects.filter(pk=key, user=kept).first()
            if row is not None:
                first = primary and not EmailAddress.objects.filter(user=gone, primary=True).exists()
                row.user, row.primary = gone, first
                row.save(update_fields=["user", "primary"])

    def erase(self, person: Person) -> None:
        EmailAddress.objects.filter(user=person).delete()


class HandedIn(Rows):
    """Files. What belongs to a group's record stays when somebody is erased, without their name; the rest goes."""

    def export(self, person: Person) -> list[dict[str, Any]]:
        rows = list(self.of(person).order_by("handed_in_at", "pk"))
        places = places_of(rows)
        return [{**_upload(row), "where": places.get(row.pk, "")} for row in rows]

    def erase(self, person: Person) -> None:
        rows = list(self.of(person))
        places = places_of(rows)
        for row in rows:
            if row.pk in places:
                continue
            if row.deleted_at is None:
                forget_file(row.path)
            row.delete()


class History(Unmoved):
    """What the ledger says about somebody, or that they did. The entries stay; their words are erased."""

    title: Label = _("History")
    seen_by: Label = _("Each line as it says: everyone, the group, the stewards, or you.")

    @property
    def answers_for(self) -> Sequence[tuple[type[models.Model], str]]:
        return [(Entry, "about"), (Entry, "actor")]

    def export(self, person: Person) -> list[dict[str, Any]]:
        entries = Entry.objects.filter(models.Q(about=person) | models.Q(actor=person)).select_related("detail")
        lines = []
        for entry in entries.order_by("pk"):
            mine = entry.about_id == person.pk
            detail = getattr(entry, "detail", None) if mine else None
            lines.append(
                {
                    "number": entry.pk,
                    "when": moment(entry.happened_at),
                    "what": entry.kind,
                    "about you": mine,
                    "done by you": entry.actor_id == person.pk,
                    "words": detail.words if detail else {},
                    "changes": detail.changes if detail else {},
                }
            )
        return lines

    def erase(self, person: Person) -> None:
        """Left to `actions.erase_person`: what the other rooms tell while they erase is to be without words too."""


def words_of_history(person: Person) -> int:
    """Erase the words beside every entry about a person."""
    return erase_words(person)


def fill() -> None:
    """Enter what we keep."""
    offer("people.record", Record(), order=0)
    offer(
        "people.profile",
        Rows(
            _("Profile"), Profile, "person", _profile, corrected_at="my_profile",
            seen_by=_("Each part by those whom you chose."),
        ),
        order=1,
    )  # fmt: skip
    offer(
        "people.affiliations",
        Rows(
            _("Affiliations"), Affiliation, "person", _affiliation, corrected_at="my_profile",
            seen_by=_("Those whom you chose on your profile."),
        ),
        order=2,
    )  # fmt: skip
    offer(
        "people.hours",
        Rows(
            _("Hours that suit you"), ComfortableHours, "person", _hours, corrected_at="my_hours",
            seen_by=_("You. Planning uses them, and shows what comes of it for everybody together."),
        ),
        order=2,
    )  # fmt: skip
    offer("people.addresses", Addresses(), order=3)
    offer(
        "people.absences",
        Rows(
            _("When you are away"), Absence, "person", _absence, corrected_at="my_absences",
            seen_by=_(
                "You. Where you allow it: until when, whoever leads a group in which you take part, and the stewards. "
                "Gone a month after you are back."
            ),
        ),
        order=8,
    )  # fmt: skip
    offer(
        "people.second_factors",
        Rows(
            _("Second steps and passkeys"), Authenticator, "user", _authenticator, on_merging=OnMerging.STAY,
            seen_by=SECRET, corrected_at="mfa_index",
        ),
        order=4,
    )  # fmt: skip
    offer(
        "people.sign_in_links",
        Rows(
            _("One-time sign-in links"), SignInLink, "person", _link, on_merging=OnMerging.STAY, seen_by=SECRET,
        ),
        order=5,
    )  # fmt: skip
    offer("people.merges", Merges(), order=6)
    offer(
        "people.uploads",
        HandedIn(
            _("Files you handed in"), Upload, "handed_in_by", _upload,
            seen_by=_("You and the stewards. What is attached to something: whoever may see that."),
        ),
        order=7,
    )  # fmt: skip
    offer("ledger.entries", History(), order=900)


def _profile(row: Profile) -> dict[str, Any]:
    return {
        "pronouns": row.pronouns,
        "how to say the name": row.pronunciation,
        "languages": row.languages,
        "region": row.region,
        "about": row.about,
        "links": row.links,
        "who sees what": row.seen,
        "changed": moment(row.changed_at),
    }


def _hours(row: ComfortableHours) -> dict[str, Any]:
    return {
        "working days": f"{row.working_from:%H:%M} to {row.working_until:%H:%M}",
        "days off": f"{row.off_from:%H:%M} to {row.off_until:%H:%M}" if row.off_from and row.off_until else None,
        "which days are off": row.days_off,
        "changed": moment(row.changed_at),
    }


def _affiliation(row: Affiliation) -> dict[str, Any]:
    return {
        "organisation": row.organisation or "independent",
        "from": row.began_on.isoformat() if row.began_on else None,
        "until": row.ended_on.isoformat() if row.ended_on else None,
    }


def _absence(row: Absence) -> dict[str, Any]:
    return {"from": row.first_day.isoformat(), "until": row.last_day.isoformat(), "leaders see it": row.shown}


def _authenticator(row: Authenticator) -> dict[str, Any]:
    return {"kind": row.type, "made": moment(row.created_at), "last used": moment(row.last_used_at)}


def _link(row: SignInLink) -> dict[str, Any]:
    return {"made": moment(row.made_at), "works until": moment(row.expires_at), "used": moment(row.used_at)}


def _upload(row: Upload) -> dict[str, Any]:
    if row.deleted_at is not None:
        return {"name": "", "deleted": moment(row.deleted_at), "handed in": moment(row.handed_in_at)}
    return {
        "name": row.name,
        "kind": row.media_type,
        "bytes": row.size,
        "handed in": moment(row.handed_in_at),
        "address": row.get_absolute_url(),
    }
