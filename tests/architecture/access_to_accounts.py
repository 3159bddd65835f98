"""Who gets what at the addresses of signing in and of one's own account; a part of `access.py`."""

from __future__ import annotations

from typing import Any

from tests.architecture.access_row import Row
from tests.architecture.world import World


def of_issuer(world: World) -> dict[str, Any]:
    return {"provider_id": "oidc"}


def of_absence(world: World) -> dict[str, Any]:
    """When the participant is away."""
    return {"pk": world.absence.pk}


ACCOUNTS: dict[str, Row] = {
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
    # One's own
    "me/away/": Row("in 200", "in 400"),
    "me/away/<int:pk>/end/": Row("in 405", "in 404 404 go 404 404 404", at=of_absence),
    "me/tasks/": Row("in 200", "in 400"),
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
    "accounts/prove/": Row("in 200", "in 200"),
    "accounts/sessions/": Row("in 200", "in go"),
    "accounts/sessions/<int:session_id>/end/": Row("in 405", "in 404", at=lambda world: {"session_id": 1}),
    "accounts/3rdparty/": Row("in 200", "in 200"),
    # Accounts elsewhere, of which none is switched on in the tests
    "accounts/3rdparty/login/cancelled/": Row("200"),
    "accounts/3rdparty/login/error/": Row("401"),
    "accounts/3rdparty/signup/": Row("in", "in"),
    "accounts/discord/login/": Row("404", "404"),
    "accounts/discord/login/callback/": Row("404", "404"),
    "accounts/github/login/": Row("404", "404"),
    "accounts/github/login/callback/": Row("404", "404"),
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/": Row("404", "404", at=of_issuer),
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/": Row("404", "404", at=of_issuer),
}
