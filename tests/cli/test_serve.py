"""`folkmoot serve` as people meet it: real processes, a real port, a real end.

What a running server does without being stopped is asked of one for all; a start is seven seconds of a processor.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import pytest
from django.conf import settings

from tests.cli.running import Served, alive, free_port, run, run_here, serving, starting, until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]

WORK = ("Brought the database up to date", "Copied the database", "Bringing in the sample")


def gone(pids: set[int]) -> bool:
    return until(lambda: not alive(pids), patience=25)


def health(served) -> dict[str, str]:
    return json.loads(served.get("/healthz")[1] or "{}")


@pytest.fixture(scope="module")
def running(tmp_path_factory, static_files, migrated) -> Iterator[tuple[Served, dict[str, str]]]:
    """A server on an installation that nobody has set up yet, and its settings."""
    folder = tmp_path_factory.mktemp("running")
    shutil.copy(migrated, folder)
    place = {"FOLKMOOT_DATA": str(folder), "FOLKMOOT_STATIC": str(static_files), "FOLKMOOT_SAMPLE": "0"}
    with serving(**place) as served:
        yield served, place


def test_serve_says_where_it_is_answers_and_works(running) -> None:
    served, _ = running

    assert f"Folkmoot is at http://localhost:{served.port}" in served.lines
    assert "Stop it with Ctrl-C." in served.lines
    assert served.get("/groups/")[0] == 200
    # The worker has run what the schedule starts at once.
    assert until(lambda: health(served) == {"status": "ok", "database": "ok", "worker": "ok"})
    assert len(served.children()) == 3  # granian and its process, the worker


def test_new_installation_says_where_to_found_the_community(running) -> None:
    served, _ = running
    address = next(line.split()[-1] for line in served.lines if line.startswith("Found your community at"))

    status, text = served.get(address.removeprefix(f"http://localhost:{served.port}"))

    assert status == 200
    assert "<form" in text


def test_second_serve_on_the_same_folder_is_refused(running) -> None:
    served, place = running

    ended = run("serve", PORT=str(free_port()), **place)

    assert served.get("/healthz")[0] in (200, 503)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"already runs on the data folder {place['FOLKMOOT_DATA']} (process {served.process.pid})" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_doctor_finds_a_running_installation_well(running) -> None:
    _, place = running

    assert until(lambda: run("doctor", **place).returncode == 0, patience=30)


@pytest.mark.parametrize("what", ["web process", "worker"])
def test_child_that_dies_is_started_again(running, what) -> None:
    served, _ = running
    module = {"web process": "folkmoot.cli.web", "worker": "folkmoot.cli.worker"}[what]
    assert until(lambda: health(served).get("status") == "ok")
    own = psutil.Process(served.process.pid).children()
    victim = next(child for child in own if module in child.cmdline())

    victim.kill()

    assert until(lambda: served.has_said(f"The {what} ended unexpectedly (SIGKILL); starting it again"))
    assert until(lambda: len(alive(served.children()) - {victim.pid}) == 3 and served.get("/groups/")[0] == 200)


def sign_in_links(served) -> dict[str, str]:
    """The one-time addresses that were printed, by role."""
    found = (re.fullmatch(rf"  .+, (\w+): http://localhost:{served.port}(/.+)", line) for line in served.lines)
    return {match[1]: match[2] for match in found if match}


def test_sample_has_a_folder_of_its_own_and_links_for_this_machine_alone_and_goes_again(ready, migrated) -> None:
    place, data = ready, Path(ready["FOLKMOOT_DATA"])
    with serving(**place, FOLKMOOT_SAMPLE="1") as first:
        links = sign_in_links(first)
        opened = {role: first.get(path)[0] for role, path in links.items()}
        groups = re.findall(r'href="(/groups/[a-z-]+/)"', first.get("/groups/")[1])
        home = first.get(groups[0])[0] if groups else 0
        children = first.children()
        ended = first.stop(signal.SIGINT)
    # What is there is not done again, and who comes from elsewhere gets no links.
    with serving(**place, FOLKMOOT_SAMPLE="1", HOST="0.0.0.0") as second:
        orphans = second.children()
        second.stop(signal.SIGKILL)
    with closing(sqlite3.connect(data / "sample" / "folkmoot.sqlite3")) as sample:
        jobs = dict(sample.execute("SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status"))
    held = {path.name for path in data.iterdir()}

    assert opened == dict.fromkeys(["manager", "participant", "observer", "steward"], 200)
    assert home == 200
    assert [work for work in WORK if first.has_said(work)] == [WORK[0], WORK[2]]
    assert held == {"sample", "folkmoot.sqlite3"}
    assert not (data / "sample" / "backups").exists()
    assert jobs["SUCCESSFUL"]
    assert "FAILED" not in jobs
    assert not any(second.has_said(work) for work in WORK)
    assert sign_in_links(second) == {}

    # Stopped by Ctrl-C, and killed without a word: no process is left.
    assert (ended, first.has_said("Stopping.")) == (0, True)
    assert [len(children), len(orphans)] == [3, 3]
    assert gone(children | orphans)

    removed = run("sample", "remove", "--yes", **place)
    assert removed.returncode == 0, removed.stderr
    assert (data / "folkmoot.sqlite3").read_bytes() == migrated.read_bytes()
    assert not (data / "sample").exists()


def test_database_is_copied_aside_and_migrated_before_a_web_process_that_cannot_start_ends_it_all(ready) -> None:
    data = Path(ready["FOLKMOOT_DATA"])
    with closing(sqlite3.connect(data / "folkmoot.sqlite3")) as database, database:
        database.execute("DROP TABLE django_session")
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    broken = {"DJANGO_SETTINGS_MODULE": "tests.cli.broken_settings", "PYTHONPATH": str(Path.cwd())}

    ended = run("serve", PORT=str(free_port()), FOLKMOOT_SAMPLE="0", **ready, **broken)

    (copy,) = (data / "backups").iterdir()
    assert ended.returncode == 1
    assert f"Copied the database to {copy}." in ended.stderr.splitlines()
    assert ended.stderr.splitlines()[-1] == "The web process ended; what it wrote above says why."
    with closing(sqlite3.connect(copy)) as before:
        assert not before.execute("SELECT 1 FROM django_migrations WHERE app = 'sessions'").fetchall()
    with closing(sqlite3.connect(data / "folkmoot.sqlite3")) as database:
        assert database.execute("SELECT 1 FROM django_migrations WHERE app = 'sessions'").fetchall()


@pytest.fixture
def new_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    given = settings.DATABASES["default"]
    server = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    name = f"folkmoot_serve_{secrets.token_hex(4)}"
    user = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}"
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://{user}@/{name}?host={quote(given['HOST'])}&port={given['PORT'] or 5432}"
        maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_two_machines_that_start_at_once_migrate_one_after_the_other(place, new_database, tmp_path) -> None:
    first = {**place, "DATABASE_URL": new_database, "PORT": str(free_port())}
    second = {**first, "FOLKMOOT_DATA": str(tmp_path / "second"), "PORT": str(free_port())}

    with starting(**first) as one, starting(**second) as other:
        one.wait_until_served()
        other.wait_until_served()
        said = [line for served in (one, other) for line in served.lines if line.startswith(WORK[0])]

        assert len(said) == 1
        assert until(lambda: health(one) == health(other) == {"status": "ok", "database": "ok", "worker": "ok"})


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_busy_port_is_said_in_one_line(settings, address) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as other:
        try:
            other.bind((address, 0))
        except OSError:
            pytest.skip("This machine has no IPv6.")
        other.listen()
        settings.PORT = port = other.getsockname()[1]

        ended = run_here("serve")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"PORT: port {port} is in use by another program; stop that, or choose another port: PORT={port + 1}.\n"
    )


def test_data_folder_that_cannot_be_written_is_said_in_one_line(place, settings) -> None:
    Path(place["FOLKMOOT_DATA"]).write_text("a file where the folder should be")
    settings.DATA_FOLDER, settings.PORT = Path(place["FOLKMOOT_DATA"]), free_port()

    # The first wants to keep a secret key there; the second has one, and comes further.
    without_key, with_key = run("serve", FOLKMOOT_SAMPLE="0", **place), run_here("serve")

    for ended, code in ((without_key, 2), (with_key, 1)):
        assert (ended.returncode, ended.stdout) == (code, "")
        assert place["FOLKMOOT_DATA"] in ended.stderr
        assert "FOLKMOOT_DATA" in ended.stderr
        assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("FOLKMOOT_SAMPLE", "perhaps"),
        ("DATABASE_URL", "mysql://localhost/folkmoot"),
        ("FOLKMOOT_ADDRESS", "groups.example.org"),
        ("FOLKMOOT_WEB_PROCESSES", "2"),
    ],
)
def test_wrong_setting_stops_the_start_with_its_name(place, name, value) -> None:
    ended = run("serve", **place | {name: value})

    named = "REDIS_URL" if name == "FOLKMOOT_WEB_PROCESSES" else name
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"{named}: ")
    assert ended.stderr.count("\n") == 1


def test_host_of_another_machine_is_said_in_one_line(settings) -> None:
    settings.HOST = "192.0.2.1"

    ended = run_here("serve")

    assert (ended.returncode, ended.stderr) == (1, "HOST: “192.0.2.1” is not an address of this machine.\n")


def test_database_that_does_not_answer_is_said_in_one_line(place) -> None:
    ended = run("serve", DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/none", **place)

    assert ended.returncode == 1
    assert re.fullmatch(r"The database does not answer \(.*refused.*\); check DATABASE_URL .*\n", ended.stderr)


def test_missing_static_files_are_said_in_one_line(settings, tmp_path) -> None:
    settings.STATIC_ROOT, settings.PORT = tmp_path / "nothing", free_port()

    ended = run_here("serve")

    assert ended.returncode == 1
    assert ended.stderr == f"There are no static files in {tmp_path / 'nothing'}; run `make setup` once.\n"
