"""Fixtures with which all three providers are on and lead to the local one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.providers.discord.views import DiscordOAuth2Adapter
from allauth.socialaccount.providers.github.views import GitHubOAuth2Adapter
from django.conf import settings as django_settings

from tests.people.local_provider import CLIENT_ID, CLIENT_SECRET, LocalProvider, serve

LOGIN = {
    "discord": "/accounts/discord/login/",
    "github": "/accounts/github/login/",
    "oidc": "/accounts/oidc/oidc/login/",
}


def applications(url: str) -> dict[str, Any]:
    """What the environment would have switched on."""
    keys = {"client_id": CLIENT_ID, "secret": CLIENT_SECRET}
    oidc = {**keys, "name": "Oak House", "provider_id": "oidc", "settings": {"server_url": url}}
    apps = {
        "discord": {**keys, "name": "Discord"},
        "github": {**keys, "name": "GitHub"},
        "openid_connect": oidc,
    }
    return {name: {"APPS": [app], "OAUTH_PKCE_ENABLED": True} for name, app in apps.items()}


@pytest.fixture
def provider(monkeypatch) -> Iterator[LocalProvider]:
    """The local provider, with Discord, GitHub and an OpenID Connect issuer all at its address."""
    local = LocalProvider()
    server = serve(local)
    for adapter, names in (
        (DiscordOAuth2Adapter, {"profile_url": "/users/@me"}),
        (GitHubOAuth2Adapter, {"profile_url": "/user", "emails_url": "/user/emails"}),
    ):
        monkeypatch.setattr(adapter, "authorize_url", f"{local.url}/authorize")
        monkeypatch.setattr(adapter, "access_token_url", f"{local.url}/token")
        for name, path in names.items():
            monkeypatch.setattr(adapter, name, f"{local.url}{path}")
    monkeypatch.setattr(django_settings, "SOCIALACCOUNT_PROVIDERS", applications(local.url))
    yield local
    server.shutdown()
    server.server_close()
