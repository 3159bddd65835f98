"""Who gets what at which address: a row per address, a column per role.

The columns are those of `world.ROLES`: anonymous, stranger, observer, participant, manager, other group's manager,
steward. An answer is

- a status: 200 a page, 400 a form with errors, 403 refused with the reason, 404 you may not know that it exists,
  405 not in this way, 409 it cannot be done now, 503 not well;
- `in`: sent to the sign-in page; `go`: sent elsewhere, usually since it is done.

One answer stands for all roles, two stand for anonymous and for everyone signed in, else there are seven. What POST
sends is `data`; without data it is an empty form, so that 200 or 400 means: this person may, if they fill it in.
HEAD follows GET. Every other method is refused, by 405 or by the same gate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.architecture.world import ROLES, World

Values = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """What each role is answered at one address. `at` gives the values that the address holds."""

    get: str
    post: str = "405"
    at: Values | None = None
    data: Values | None = None

    def expected(self, method: str) -> dict[str, str]:
        """The answer for each role."""
        words = (self.post if method == "POST" else self.get).split()
        if len(words) == 2:
            words = [words[0], *[words[1]] * (len(ROLES) - 1)]
        elif len(words) == 1:
            words *= len(ROLES)
        return dict(zip(ROLES, words, strict=True))


def of_group(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug}


def of_meeting(world: World) -> dict[str, Any]:
    return {"pk": world.meeting.pk}


def of_draft(world: World) -> dict[str, Any]:
    return {"draft_id": world.draft.pk}


def of_amendment(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "number": world.amendment.number}


def of_amendment_draft(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, "number": world.amendment_draft.number}


def of_comment(world: World) -> dict[str, Any]:
    return {**of_amendment(world), "pk": world.comment.pk}


def of_letter(world: World) -> dict[str, Any]:
    return {"letter_id": world.letter.pk}


def of_link(world: World) -> dict[str, Any]:
    return {"token": world.link.rstrip("/").rpartition("/")[2]}


STEWARD = "in 403 403 403 403 403"  # and then what the steward gets
MANAGER = "in 403 403 403 {0} 403 {0}"

ACCESS: dict[str, Row] = {
    # Everyone
    "": Row("200"),
    "healthz": Row("503"),  # no worker runs beside the tests
    "groups/": Row("200"),
    "groups/<slug:slug>/": Row("200", at=of_group),
    "groups/<slug:slug>/charter/": Row("200", at=of_group),
    "groups/<slug:slug>/charter.md": Row("200", at=of_group),
    "groups/<slug:slug>/clauses/": Row("200", at=of_group),
    "groups/<slug:slug>/charter/versions/": Row("200", at=of_group),
    "groups/<slug:slug>/charter/versions/<int:number>/": Row(
        "200", at=lambda world: {"slug": world.group.slug, "number": 1}
    ),
    "groups/<slug:slug>/charter/compare/": Row("200", at=of_group),
    "groups/<slug:slug>/meetings/": Row("200", at=of_group),
    "groups/<slug:slug>/calendar.ics": Row("200", at=of_group),
    "groups/<slug:slug>/subscribe/": Row("200", at=of_group),
    "calendar/": Row("200"),
    "calendar/subscribe/": Row("200"),
    "calendar.ics": Row("200"),
    "meetings/<int:pk>/": Row("200", at=of_meeting),
    "meetings/<int:pk>.ics": Row("200", at=of_meeting),
    "preferences/": Row("200", "go", data=lambda world: {"zone": "Asia/Kolkata", "clock": "24", "theme": "dark"}),
    "ui/components/": Row("200"),
    "ui/components/errors/<slug:state>/": Row("409", at=lambda world: {"state": "refused"}),
    # Whoever holds the address
    "sign-in/once/<str:token>/": Row("200", "go", at=of_link),
    # Nobody, once the organisation is there
    "setup/": Row("go", "go"),
    "setup/<str:code>/": Row("go", "go", at=lambda world: {"code": "abcdefghijklmnop"}),
    # Managers of the group, and the steward
    "groups/<slug:slug>/meetings/new/": Row(MANAGER.format(200), MANAGER.format(200), at=of_group),
    "groups/<slug:slug>/meetings/series/<int:position>/": Row(
        MANAGER.format(200), MANAGER.format(400), at=lambda world: {**of_group(world), "position": 0}
    ),
    "meetings/<int:pk>/move/": Row(MANAGER.format(200), MANAGER.format(200), at=of_meeting),
    "meetings/<int:pk>/cancel/": Row(MANAGER.format(200), MANAGER.format(200), at=of_meeting),
    "meetings/<int:pk>/restore/": Row("in 405", MANAGER.format("go"), at=of_meeting),
    # Amendments: everybody reads what is proposed, those who contribute propose, those who lead decide
    "groups/<slug:slug>/amendments/<int:number>/": Row("200", "in 403", at=of_amendment),
    "groups/<slug:slug>/charter/amend/": Row("in 403 403 200 200 403 200", "in 403 403 400 400 403 400", at=of_group),
    "groups/<slug:slug>/amendments/<int:number>/edit/": Row(
        "in 404 404 200 404 404 404", "in 404 404 400 404 404 404", at=of_amendment_draft
    ),
    "groups/<slug:slug>/amendments/<int:number>/bring-up/": Row(
        "in 405", "in 404 404 go 404 404 404", at=of_amendment_draft
    ),
    "groups/<slug:slug>/amendments/<int:number>/discard/": Row(
        "in 405", "in 404 404 go 404 404 404", at=of_amendment_draft
    ),
    "groups/<slug:slug>/amendments/<int:number>/settle/": Row(
        MANAGER.format(200), MANAGER.format(400), at=of_amendment
    ),
    "groups/<slug:slug>/amendments/<int:number>/withdraw/": Row(
        "in 403 403 200 200 403 200", "in 403 403 go go 403 go", at=of_amendment
    ),
    "groups/<slug:slug>/amendments/<int:number>/comments/": Row(
        "in 405", "in go", at=of_amendment, data=lambda world: {"text": "Nine suits me."}
    ),
    "groups/<slug:slug>/amendments/<int:number>/comments/<int:pk>/": Row(
        "in 403 200 403 403 403 403", "in 403 200 403 403 403 403", at=of_comment
    ),
    "groups/<slug:slug>/amendments/<int:number>/comments/<int:pk>/hide/": Row(
        MANAGER.format(200), MANAGER.format(200), at=of_comment
    ),
    # The steward
    "groups/new/": Row(f"{STEWARD} 200", f"{STEWARD} 400"),
    "groups/drafts/<uuid:draft_id>/": Row(f"{STEWARD} 200", f"{STEWARD} go", at=of_draft),
    "groups/drafts/<uuid:draft_id>/discard/": Row("in 405", f"{STEWARD} go", at=of_draft),
    "outbox/": Row(f"{STEWARD} 200"),
    "outbox/<int:letter_id>/": Row(f"{STEWARD} 200", at=of_letter),
    # Signing in and up, by django-allauth
    "accounts/login/": Row("200 go", "200 go"),
    "accounts/login/code/": Row("200 go", "200 go"),
    "accounts/login/code/confirm/": Row("go", "go"),
    "accounts/2fa/authenticate/": Row("in go", "in go"),
    "accounts/2fa/webauthn/login/": Row("in go", "in go"),
    "accounts/signup/": Row("200 go", "200 go"),
    "accounts/confirm-email/": Row("in go", "in go"),
    "accounts/inactive/": Row("200"),
    "accounts/logout/": Row("go 200", "go"),
    "accounts/password/reset/": Row("200", "200"),
    "accounts/password/reset/done/": Row("200"),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Row(
        "200", "200", at=lambda world: {"uidb36": "1", "key": "no-such-key"}
    ),
    "accounts/password/reset/key/done/": Row("200"),
    # One's own account
    "accounts/reauthenticate/": Row("in 200", "in 200"),
    "accounts/email/": Row("in 200", "in go"),
    "accounts/password/change/": Row("in 200", "in 200"),
    "accounts/password/set/": Row("in go", "in go"),
    "accounts/2fa/": Row("in 200", "in 405"),
    "accounts/2fa/reauthenticate/": Row("in go", "in go"),
    "accounts/2fa/totp/activate/": Row("in go", "in go"),
    "accounts/2fa/totp/deactivate/": Row("in 404", "in 404"),
    "accounts/2fa/recovery-codes/": Row("in 404", "in 405"),
    "accounts/2fa/recovery-codes/generate/": Row("in go", "in go"),
    "accounts/2fa/recovery-codes/download/": Row("in 404", "in 404"),
    "accounts/2fa/webauthn/": Row("in 200", "in 405"),
    "accounts/2fa/webauthn/add/": Row("in go", "in go"),
    "accounts/2fa/webauthn/reauthenticate/": Row("in go", "in go"),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": Row("in go", "in go", at=lambda world: {"pk": 1}),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": Row("in go", "in go", at=lambda world: {"pk": 1}),
}
