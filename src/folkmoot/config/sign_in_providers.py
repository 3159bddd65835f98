"""Accounts elsewhere with which people may sign in here; each is on when the environment holds its keys."""

from __future__ import annotations

from typing import Any

from folkmoot.config import env


def sign_in_providers() -> dict[str, dict[str, Any]]:
    """What allauth asks for: by provider, its one application, which is never kept in the database."""
    offered = {
        "discord": _application("discord", "Discord", env.provider_keys("FOLKMOOT_DISCORD", "Discord")),
        "github": _application("github", "GitHub", env.provider_keys("FOLKMOOT_GITHUB", "GitHub")),
        "openid_connect": _openid_connect(),
    }
    return {
        provider: {"APPS": [application], "OAUTH_PKCE_ENABLED": True}
        for provider, application in offered.items()
        if application
    }


def _application(provider: str, name: str, keys: env.ProviderKeys | None) -> dict[str, Any] | None:
    if keys is None:
        return None
    return {"name": name, "client_id": keys.client_id, "secret": keys.secret}


def _openid_connect() -> dict[str, Any] | None:
    address = env.issuer("FOLKMOOT_OIDC_ISSUER", "Address of an OpenID Connect issuer to sign in with.")
    name = env.text("FOLKMOOT_OIDC_NAME", "OpenID Connect", "What people call that issuer; stands on the button.")
    keys = env.provider_keys("FOLKMOOT_OIDC", "OpenID Connect", ISSUER=address)
    application = _application("openid_connect", name, keys)
    return application and {**application, "provider_id": "oidc", "settings": {"server_url": address}}
