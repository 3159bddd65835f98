"""Whoever is signed in, read with what rooms above want to know of them on every page, in one query.

`people` knows nothing of these things. A room enters an expression here in its `apps.ready()`; its value stands on
`request.user` under the name by which it was entered. Persons who were read in other ways have no such attribute.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from folkmoot.kit.registry import Registry
from folkmoot.people.models import Person

READ_ALONG: Registry[Callable[[], Any]] = Registry("thing that is read with who is signed in")
"""Each makes an expression for a query of people, such as a count; it must be cheap, for every page pays for it."""


class SignedInBackend(AuthenticationBackend):  # type: ignore[misc]
    """The library's way of signing in; only reading the person of a session is ours."""

    def get_user(self, user_id: int) -> Person | None:
        along = {entry.name: entry.item() for entry in READ_ALONG.entries()}
        person = Person.objects.annotate(**along).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
