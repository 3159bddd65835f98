"""A real web process on the database of the tests, and browsers that read its streams over real connections."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.cli.running import environment, free_port, until


def address_of_database() -> str:
    """Where this process reads and writes, as a setting."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}"
    return f"postgresql://{who}@/{given['NAME']}?host={quote(given['HOST'])}&port={given['PORT'] or 5432}"


@contextlib.contextmanager
def web_process() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The port of a web process of its own, and the process."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "folkmoot.cli.web", "127.0.0.1", str(port), "1", "500"],
        env=environment(
            DATABASE_URL=address_of_database(),
            FOLKMOOT_DATA=str(settings.DATA_FOLDER),
            FOLKMOOT_SAMPLE="0",
            FOLKMOOT_SECRET_KEY=settings.SECRET_KEY,
            FOLKMOOT_STATIC=str(settings.STATIC_ROOT),
            FOLKMOOT_LOG="error",
        ),
        stdin=subprocess.PIPE,
    )
    try:
        assert until(lambda: health(port) in (200, 503) or process.poll() is not None)
        yield port, process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()
        assert process.stdin is not None
        process.stdin.close()


def health(port: int) -> int:
    """The status of the health page; 0 where nobody answers."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().status
    except OSError:
        return 0
    finally:
        asking.close()


class Listener:
    """One browser with a stream open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int, path: str, cookie: str) -> Listener:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        lines = (f"GET {path} HTTP/1.1", f"Host: localhost:{port}", f"Cookie: {cookie}", "", "")
        writer.write("\r\n".join(lines).encode())
        listener = cls(reader, writer)
        await listener.line("retry:")
        return listener

    async def line(self, beginning: str) -> str:
        """The next line that begins so; empty when the stream ends before."""
        while line := (await self._reader.readline()).decode():
            if line.startswith(beginning):
                return line.strip()
        return ""

    async def close(self) -> None:
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()
