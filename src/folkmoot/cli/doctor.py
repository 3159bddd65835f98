"""`folkmoot doctor`: looks at the whole installation and says, line by line, what is well and what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict

import click

from folkmoot.cli import django_ready
from folkmoot.cli.terminal import WithExamples
from folkmoot.desk.domain.finding import Finding, State
from folkmoot.kit.errors import Refused

MARKS: dict[State, str] = {"well": "✓", "warning": "!", "broken": "✗"}
LITTLE_SPACE = 500 * 1024 * 1024


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot doctor", "Is everything as it should be?"),
        ("folkmoot doctor --json", "The same for programs"),
    ],
)
@click.option("--json", "as_json", is_flag=True, help="A list of objects with name, state and words.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Look at settings, data folder, database, worker, mail and static files. Exit code 1 if something is broken."""
    django_ready()
    findings = list(look())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.state]} {finding.name}: {finding.words}")
    if any(finding.state == "broken" for finding in findings):
        context.exit(1)


def look() -> Iterator[Finding]:
    """Look at one part after the other; what needs the database only where it answers."""
    from folkmoot.cli import prepare
    from folkmoot.desk.findings import look_within

    yield settings_finding()
    yield folder_finding()
    yield _checked("static files", "collected.", prepare.check_static_files)
    database = _checked("database", "answers.", prepare.check_database)
    yield database
    if database.state == "broken":
        return
    content = content_finding()
    if content.state == "broken":  # nothing in it can be relied on, not even the list of its migrations
        yield content
        return
    migrations = migrations_finding()
    yield migrations
    if migrations.state == "broken":
        return
    yield content
    yield from look_within()


def _checked(name: str, well: str, check: Callable[[], None]) -> Finding:
    try:
        check()
    except Refused as refused:
        return Finding(name, "broken", refused.message)
    return Finding(name, "well", well)


def settings_finding() -> Finding:
    """Settings that are right for a look around on one's own machine, and wrong for the public."""
    from django.conf import settings

    public = settings.HOST not in ("127.0.0.1", "localhost", "::1")
    if settings.DEBUG and public:
        return Finding("settings", "broken", "FOLKMOOT_DEBUG shows secrets to everyone who reaches it; unset it.")
    if public and not settings.SECURE:
        return Finding(
            "settings", "warning", "it listens to other machines, but FOLKMOOT_ADDRESS is not an https:// address."
        )
    return Finding("settings", "well", f"it is reached at {settings.PUBLIC_ADDRESS}.")


def folder_finding() -> Finding:
    """Whether the data folder can be written and has room."""
    from django.conf import settings

    from folkmoot.cli import prepare

    found = _checked("data folder", "can be written.", lambda: prepare.check_folder(settings.DATA_FOLDER))
    if found.state == "well" and (free := shutil.disk_usage(settings.DATA_FOLDER).free) < LITTLE_SPACE:
        return Finding(
            "data folder", "warning", f"only {free // 1024**2} MB are left where {settings.DATA_FOLDER} lies."
        )
    return found


def migrations_finding() -> Finding:
    """Whether the database has the shape that this version needs."""
    from folkmoot.cli import prepare

    missing = prepare.pending_migrations()
    if missing:
        return Finding("migrations", "broken", f"{len(missing)} are not applied; `folkmoot serve` applies them.")
    return Finding("migrations", "well", "the database is up to date.")


def content_finding() -> Finding:
    """Whether a SQLite file is whole; a PostgreSQL server looks after itself."""
    from django.db import DatabaseError, connection

    if connection.vendor != "sqlite":
        return Finding("database content", "well", "is checked by the server itself.")
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            (answer,) = cursor.fetchone()
    except DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        return Finding(
            "database content", "broken", f"the file is damaged ({answer}); bring back a copy from backups/."
        )
    return Finding("database content", "well", "the file is whole.")
