"""Providers are switched on by the environment alone."""

from __future__ import annotations

import pytest

from folkmoot.config import env
from folkmoot.config.sign_in_providers import sign_in_providers

SET = {"FOLKMOOT_GITHUB_CLIENT_ID": "id", "FOLKMOOT_GITHUB_SECRET": "secret"}
OIDC = {
    "FOLKMOOT_OIDC_ISSUER": "https://login.example.org/realms/oak/",
    "FOLKMOOT_OIDC_CLIENT_ID": "id",
    "FOLKMOOT_OIDC_SECRET": "secret",
}


def test_environment_switches_a_provider_on(monkeypatch, tmp_path):
    for name, value in {**SET, **OIDC, "FOLKMOOT_OIDC_NAME": "Oak House"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("FOLKMOOT_GITHUB_SECRET")
    monkeypatch.setenv("FOLKMOOT_GITHUB_SECRET_FILE", str(tmp_path / "secret"))
    (tmp_path / "secret").write_text("from a file\n", encoding="utf-8")

    found = sign_in_providers()

    assert found == {
        "github": {
            "APPS": [{"name": "GitHub", "client_id": "id", "secret": "from a file"}],
            "OAUTH_PKCE_ENABLED": True,
        },
        "openid_connect": {
            "APPS": [
                {
                    "name": "Oak House",
                    "client_id": "id",
                    "secret": "secret",
                    "provider_id": "oidc",
                    "settings": {"server_url": "https://login.example.org/realms/oak"},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        },
    }


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"FOLKMOOT_GITHUB_CLIENT_ID": "id"}, "FOLKMOOT_GITHUB_SECRET"),
        ({"FOLKMOOT_GITHUB_SECRET": "secret"}, "FOLKMOOT_GITHUB_CLIENT_ID"),
        ({"FOLKMOOT_DISCORD_CLIENT_ID": "id"}, "FOLKMOOT_DISCORD_SECRET"),
        ({key: value for key, value in OIDC.items() if "ISSUER" not in key}, "FOLKMOOT_OIDC_ISSUER"),
        ({"FOLKMOOT_OIDC_ISSUER": "https://login.example.org"}, "FOLKMOOT_OIDC_CLIENT_ID"),
    ],
)
def test_half_of_a_provider_says_what_is_missing(monkeypatch, given, missing):
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(env.BadSetting) as bad:
        sign_in_providers()

    assert str(bad.value).startswith(f"{missing}: this is missing for signing in with")


@pytest.mark.parametrize(
    "address", ["http://login.example.org", "login.example.org", "https://", "ftp://x", "https://a/?b"]
)
def test_issuer_is_an_https_address(monkeypatch, address):
    monkeypatch.setenv("FOLKMOOT_OIDC_ISSUER", address)

    with pytest.raises(env.BadSetting):
        sign_in_providers()
