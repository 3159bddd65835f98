"""What officers do in a browser with their key files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from joserfc import jwe
from joserfc.jwk import OctKey
from playwright.sync_api import Page

LOCK = {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "p2c": 1000}
PASSPHRASE = "many lanterns by the café"


def key_file(keys: Mapping[str, Any]) -> dict[str, Any]:
    """An officer's key file, as their browser once wrote it but for the time that its passphrase takes."""
    lock = OctKey.import_key(PASSPHRASE.encode())
    text = jwe.encrypt_compact(LOCK, json.dumps(keys).encode(), lock, algorithms=[LOCK["alg"], LOCK["enc"]])
    return {"name": "key.txt", "mimeType": "text/plain", "buffer": text.encode()}


def with_key(page: Page, file: Any, button: str, passphrase: str = PASSPHRASE) -> None:
    """Choose the key file, type its passphrase and press the button that goes with it."""
    page.get_by_label("Your key file").set_input_files(file)
    page.get_by_label("Its passphrase").fill(passphrase)
    page.get_by_role("button", name=button, exact=True).click()
