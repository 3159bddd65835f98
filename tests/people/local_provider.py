"""A small honest provider on this machine: OAuth 2 with PKCE, OpenID Connect, and what GitHub and Discord answer.

`/authorize` says yes at once for whoever `person` is. A code works once, for the client, the callback address and the
verifier that it was given for; everything else is refused as the standards say.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, CLIENT_SECRET = "folkmoot-here", "a secret between the two"
KEY_ID = "key-1"


@dataclass
class Someone:
    """Who is signed in at the provider."""

    uid: str = "4711"
    name: str = "Ada Oakes"
    username: str = "ada"
    email: str = "ada@example.org"
    verified: object = True


@dataclass
class LocalProvider:
    """The provider and what it remembers."""

    person: Someone = field(default_factory=Someone)
    url: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    other_sub: str = ""
    says_no: bool = False

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent after `/authorize`."""
        self.asked.append(query)
        if self.says_no:
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query.get('state', '')})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The answer to the exchange of a code, or None with the reason among `refusals`."""
        given = self.codes.pop(form.get("code", ""), None)
        if given is None:
            return self.refuse("unknown or used code")
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return self.refuse("wrong client")
        if form.get("redirect_uri") != given["redirect_uri"]:
            return self.refuse("wrong callback")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if given.get("code_challenge_method") != "S256" or challenge.rstrip(b"=").decode() != given["code_challenge"]:
            return self.refuse("no proof of the key")
        token = secrets.token_urlsafe(16)
        self.tokens.add(token)
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT_ID, "sub": self.person.uid, "iat": now, "exp": now + 300, **self.claims(),
        }  # fmt: skip
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KEY_ID})
        return {"access_token": token, "token_type": "bearer", "expires_in": 300, "id_token": signed}

    def refuse(self, reason: str) -> None:
        self.refusals.append(reason)

    def claims(self) -> dict[str, Any]:
        someone = self.person
        return {
            "email": someone.email,
            "email_verified": someone.verified,
            "name": someone.name,
            "preferred_username": someone.username,
        }

    def resource(self, path: str) -> Any:
        """What the provider tells whoever holds a token."""
        someone = self.person
        match path:
            case "/userinfo":
                return {"sub": self.other_sub or someone.uid, **self.claims()}
            case "/user":
                return {"id": int(someone.uid), "login": someone.username, "name": someone.name, "email": None}
            case "/user/emails":
                return [{"email": someone.email, "primary": True, "verified": someone.verified, "visibility": None}]
            case "/users/@me":
                return {
                    "id": someone.uid,
                    "username": someone.username,
                    "global_name": someone.name,
                    "email": someone.email,
                    "verified": someone.verified,
                }
        return None

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}


def serve(provider: LocalProvider) -> ThreadingHTTPServer:
    """Serve a provider on a free port; its `url` is set."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/.well-known/openid-configuration":
                self.answer(200, provider.configuration())
            elif parts.path == "/jwks":
                self.answer(200, provider.keys())
            else:
                token = self.headers.get("Authorization", "").partition(" ")[2]
                known = token in provider.tokens
                self.answer(200 if known else 401, provider.resource(parts.path) if known else {"error": "token"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            answer = provider.token(form) if self.path == "/token" else None
            self.answer(200 if answer else 400, answer or {"error": "invalid_grant"})

        def answer(self, status: int, content: Any) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
