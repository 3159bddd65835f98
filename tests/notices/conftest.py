"""A mail server on this machine, which keeps what it is given."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from folkmoot.config.env import MailServer


class Kept(Message):
    """A mail server's handler that keeps mails, and the return path of each."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list = []

    def handle_message(self, message) -> None:
        self.mails.append(message)


@pytest.fixture
def mail_server(settings) -> Iterator[Kept]:
    """The handler of a running server to which mails are handed over."""
    handler = Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_SERVER = MailServer("127.0.0.1", port, "", "", "plain")
    yield handler
    controller.stop()
