"""Seeing pages as somebody else would: what the public sees, or someone who takes part in a certain way.

Nothing is pretended by rules made for the purpose. For "the public" the request simply has nobody signed in. For a
role, a person who holds it in every group is made in a transaction, the page is made for them, and the transaction is
taken back: so the page is just what such a person would get, and nothing remains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from folkmoot.groups.models import Participation, Power, Role
from folkmoot.people.models import Person
from folkmoot.people.reader import has_session
from folkmoot.people.rules import is_steward
from folkmoot.ui.refusals import forbidden

KEPT_AS: Final = "viewing_as"
PUBLIC: Final = "public"
STRANGER: Final = "stranger"
WAYS: Final = {
    PUBLIC: gettext_lazy("everyone"),
    STRANGER: gettext_lazy("someone signed in who takes part nowhere"),
    Power.OBSERVE.value: gettext_lazy("an observer"),
    Power.TAKE_PART.value: gettext_lazy("a participant"),
    Power.MANAGE.value: gettext_lazy("a manager"),
}
ENDS_AFTER: Final = 30 * 60
"""Seconds, since someone who forgets about it would wonder where their powers have gone."""


class ViewingAs:
    """Lets a steward's request be answered as the way of looking says that their session holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        way = way_of(request) if has_session(request) else ""
        if not way or request.path.startswith("/viewing/"):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return forbidden(
                request, _("You are looking at pages as somebody else. Stop that first, then change things.")
            )
        with seen_as(way) as person:
            request.user = person
            # Whoever is made up counts among the people of their groups, which nobody else is to read.
            request.keeps_nothing = True  # type: ignore[attr-defined]
            note = {"way": WAYS[way], "back": request.get_full_path()}
            request.frame_note = SimpleLazyObject(  # type: ignore[attr-defined]
                lambda: render_to_string("desk/viewing_note.html", note, request)
            )
            response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


def way_of(request: HttpRequest) -> str:
    """How a steward is looking at pages; empty when as themselves, or when the time for it is over."""
    kept = request.session.get(KEPT_AS) or {}
    way = kept.get("way", "")
    if way not in WAYS or timezone.now().timestamp() - kept.get("since", 0) > ENDS_AFTER:
        return ""
    return way if isinstance(request.user, Person) and is_steward(request.user) else ""


@contextmanager
def seen_as(way: str) -> Iterator[Person | AnonymousUser]:
    """Whoever stands for a way of looking; a person is there only until the block ends."""
    if way == PUBLIC:
        yield AnonymousUser()
        return
    with transaction.atomic():
        person = Person.objects.create_user(name=_("Someone like this"), zone="")
        now = timezone.now()
        if way != STRANGER:
            held: set[int] = set()
            for role in Role.objects.filter(power=way, retired_at=None).order_by("group", "position"):
                if role.group_id not in held:
                    held.add(role.group_id)
                    Participation.objects.create(person=person, group_id=role.group_id, role=role, began_at=now)
        yield person
        transaction.set_rollback(True)
