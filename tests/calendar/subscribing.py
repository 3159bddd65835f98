"""A calendar program on this machine that follows a feed: vdirsyncer fetches it, khal shows what it has."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAMS = Path(sys.executable).parent


@dataclass
class Site:
    """What is answered to whoever asks on this machine: a response by path; `asked` are the requests that came."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    port: int = 0


@contextmanager
def site() -> Iterator[Site]:
    """A site at a free port, until the block ends; a response of Django's is given as it is, header by header."""
    given = Site()

    class Talk(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given.asked.append((self.command, self.path, dict(self.headers)))
            response = given.answers[self.path]
            self.send_response(response.status_code)
            for name, value in response.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response.content)

        def log_message(self, *words: object) -> None:
            """Nothing is written beside the test."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Talk) as server:
        given.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield given
        server.shutdown()


class Subscriber:
    """Somebody with a home folder of their own who subscribed to feeds by their addresses."""

    def __init__(self, home: Path, zone: str, **addresses: str) -> None:
        self.home = home
        pairs, calendars = [], []
        for name, address in addresses.items():
            kept = home / name
            kept.mkdir()
            pairs.append(
                f'[pair {name}]\na = "{name}_feed"\nb = "{name}_kept"\ncollections = null\n\n'
                f'[storage {name}_feed]\ntype = "http"\nurl = "{address}"\n\n'
                f'[storage {name}_kept]\ntype = "filesystem"\npath = "{kept}"\nfileext = ".ics"\n'
            )
            calendars.append(f"[[{name}]]\npath = {kept}\nreadonly = True\n")
        (home / "vdirsyncer.conf").write_text(
            "\n".join([f'[general]\nstatus_path = "{home}/status"\n', *pairs]), encoding="utf-8"
        )
        (home / "khal.conf").write_text(
            "[calendars]\n"
            + "".join(calendars)
            + f"[sqlite]\npath = {home}/khal.db\n[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
            encoding="utf-8",
        )

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home), "NO_PROXY": "*"}
        config = "-c" if program == "vdirsyncer" else "--config"
        return subprocess.run(
            [str(PROGRAMS / program), config, str(self.home / f"{program}.conf"), *words],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def shown(self, first: str, days: int) -> dict[str, list[str]]:
        """What khal lists, by calendar: of each event the start in the subscriber's zone, and the status."""
        words = ("--format", "{calendar} {start} {status}", "--day-format", "")
        listed = self.run("khal", "list", *words, first, f"{days}d")
        assert listed.returncode == 0, listed.stderr
        found: dict[str, list[str]] = defaultdict(list)
        for calendar, *start_and_status in (line.split() for line in listed.stdout.splitlines() if line.strip()):
            found[calendar].append(" ".join(start_and_status))
        return found
