"""A small IMAP server on this machine: one folder, the few commands that are asked, and ways to fail."""

from __future__ import annotations

import base64
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Mailbox:
    """What the server has and how it behaves; `asked` are the commands it was given, without passwords."""

    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    password: str = "a b@c"
    folder: str = "INBOX"
    capabilities: str = "IMAP4rev1"
    read_only: bool = False
    withheld: set[int] = field(default_factory=set)
    cut: str = ""
    """Where the connection is cut, once: "greeting", "mail" in the middle of one, "mark" before it is marked."""
    announced: int = 0
    """The size that is announced for a mail, instead of its own."""
    at_mark: Callable[[int], Any] = lambda uid: None
    silent_at: str = ""
    """The word of a command to which it says nothing."""
    asked: list[str] = field(default_factory=list)

    def cuts(self, where: str) -> bool:
        cut = self.cut == where
        if cut:
            self.cut = ""
        return cut


class _Talk(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self.box = self.server.box  # type: ignore[attr-defined]
        if self.box.cuts("greeting"):
            return
        self.say("* OK ready")
        while line := self.rfile.readline():
            tag, _space, command = line.decode().strip().partition(" ")
            if not self.answer(tag, command):
                return

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def answer(self, tag: str, command: str) -> bool:
        word = command.split()[0].upper()
        self.box.asked.append(command if word not in ("LOGIN", "AUTHENTICATE") else word)
        if self.box.silent_at and self.box.silent_at in command:
            return True
        if word == "CAPABILITY":
            self.say(f"* CAPABILITY {self.box.capabilities}")
        elif word == "LOGIN":
            return self.said(tag, command == f'LOGIN "in@example.com" "{self.box.password}"')
        elif word == "AUTHENTICATE":
            self.say("+ ")
            given = base64.b64decode(self.rfile.readline())
            return self.said(tag, given == f"\0in@example.com\0{self.box.password}".encode())
        elif word == "SELECT":
            if command != f'SELECT "{self.box.folder}"':
                return self.said(tag, well=False)
            self.say(f"* {len(self.box.mails)} EXISTS")
            self.say(f"{tag} OK [{'READ-ONLY' if self.box.read_only else 'READ-WRITE'}] open")
            return True
        elif command == "UID SEARCH UNSEEN":
            self.say(" ".join(["* SEARCH", *(str(uid) for uid in self.box.mails if uid not in self.box.seen)]))
        elif fetch := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            return self.give(tag, int(fetch[1]), int(fetch[2]))
        elif store := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            if self.box.cuts("mark"):
                return False
            self.box.at_mark(int(store[1]))
            self.box.seen.add(int(store[1]))
        elif word == "LOGOUT":
            self.say("* BYE")
        else:
            self.say(f"{tag} BAD what is {word}")
            return True
        return self.said(tag, well=True)

    def said(self, tag: str, well: bool) -> bool:
        self.say(f"{tag} OK done" if well else f"{tag} NO that is wrong")
        return True

    def give(self, tag: str, uid: int, most: int) -> bool:
        if uid in self.box.withheld:
            return self.said(tag, well=False)
        mail = self.box.mails[uid][:most]
        self.say(f"* 1 FETCH (UID {uid} BODY[]<0> {{{self.box.announced or len(mail)}}}")
        if self.box.cuts("mail"):
            self.wfile.write(mail[: len(mail) // 2])
            return False
        self.wfile.write(mail)
        self.say(")")
        return self.said(tag, well=True)


class ImapServer(socketserver.ThreadingTCPServer):
    """Serves one `Mailbox` at a free port of 127.0.0.1; with `tls` from the first byte."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Mailbox, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.box = box
        self.tls = tls
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        return (self.tls.wrap_socket(connection, server_side=True) if self.tls else connection), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no news."""
