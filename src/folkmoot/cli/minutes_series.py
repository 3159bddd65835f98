"""`folkmoot minutes import` and `export`: years of minutes as a folder of Markdown, into a group and out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import CONFLICT, NOT_FOUND, USAGE, print_json, refusals_as_exit_codes, the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.cli.up import use_own_community
from folkmoot.kit.naming import for_terminal

if TYPE_CHECKING:
    from folkmoot.meetings.actions import TakenIn
    from folkmoot.meetings.bringing_in_page import Shown, ShownPlan

MOST_FILES: Final = 5_000


@click.command(
    name="import",
    cls=WithExamples,
    examples=[
        ("folkmoot minutes import minutes/ --group care --dry-run", "What would be taken in, and what is asked?"),
        ("folkmoot minutes import minutes/ --group care --yes", "Take in what is clear, without being asked"),
        ("folkmoot minutes import minutes/ --group care --json > plan.json", "The plan for programs, with all keys"),
        ("folkmoot minutes import minutes/ --group care --answers answers.json", "With answers to what was asked"),
    ],
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option(
    "--answers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A JSON object: calls, names (by key a number or null), left_out, looked_at (lists of keys).",
)
@click.option("--looked-at", is_flag=True, help="Take in also what has notes: you have looked at them.")
@click.option("--names-as-guests", is_flag=True, help="Whoever is not known for sure stays a name.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="The plan and what was done, for programs; its keys stay.")
def import_minutes(
    folder: Path,
    slug: str,
    *,
    answers: Path | None,
    looked_at: bool,
    names_as_guests: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Bring the minutes and resolutions in FOLDER into a group: past calls, who was there, decisions, tasks.

    Only what is clear is taken in, each file wholly or not at all; done again, it changes nothing. Nothing is
    published. Exit code 0 if nothing is left to answer, 1 if something waits, 3 if there are no minutes, 5 if a file
    could not be taken in. Without --yes nothing is taken in with --json.
    """
    use_own_community()
    django_ready()
    from folkmoot.ledger.actors import machine
    from folkmoot.meetings.actions import take_in_all
    from folkmoot.meetings.bringing_in import answers_from, plan_for
    from folkmoot.meetings.bringing_in_page import Shown
    from folkmoot.meetings.domain.minutes.matching import Answers

    group, files = the_group(slug), _files(folder)
    said = answers_from(_read_answers(answers))
    plan = plan_for(group, files, answers=said, by=machine())
    if looked_at or names_as_guests:
        said = Answers(
            said.calls,
            {**{name.key: None for name in plan.minutes.open_names if names_as_guests}, **said.names},
            said.left_out,
            [*said.looked_at, *(one.key for one in plan.all if looked_at)],
        )
        plan = plan_for(group, files, answers=said, by=machine())
    shown = Shown(plan, files)
    if not as_json:
        _show(shown)
    if not plan.all:
        stop("There are no minutes in this folder.", NOT_FOUND)
    taken: TakenIn | None = None
    if plan.clear and not dry_run and (yes or not as_json):
        if not yes:
            click.confirm(f"Take in {len(plan.clear)}?", abort=True, err=True)
        with refusals_as_exit_codes():
            taken = take_in_all(group, plan.clear, by=machine())
    refused = [(file, why.message) for file, why in taken.refused] if taken is not None else []
    if as_json:
        print_json({**_as_json(shown), "taken_in": len(taken.made) if taken else 0, "refused": refused})
    elif taken is not None:
        say(f"{len(taken.made)} taken in.")
    elif dry_run:
        say("Nothing was changed.")
    for file, why in refused:
        say(f"{for_terminal(file)}: {why}")
    click.get_current_context().exit(CONFLICT if refused else 1 if plan.waiting else 0)


@click.command(
    name="export",
    cls=WithExamples,
    examples=[
        ("folkmoot minutes export minutes/ --group care", "All minutes and resolutions, with names"),
        ("folkmoot minutes export minutes/ --group care --public", "Only what everybody may read"),
    ],
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--public", is_flag=True, help="Only published minutes, and decisions that everybody may read.")
@click.option("--force", is_flag=True, help="Write into a folder that has something in it; files of these names go.")
def export_minutes(folder: Path, slug: str, *, public: bool, force: bool) -> None:
    """Write the minutes and resolutions of a group into FOLDER, as Markdown that `folkmoot minutes import` reads.

    Without --public they hold names and what is for the group alone; keep the folder accordingly.
    """
    use_own_community()
    django_ready()
    from folkmoot.meetings.taking_out import all_files, public_files

    group = the_group(slug)
    if folder.exists() and any(folder.iterdir()) and not force:
        stop(f"{folder} is not empty. Choose another folder, or say --force.", CONFLICT)
    files = public_files(group) if public else all_files(group)
    try:
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        stop(f"{folder} cannot be written: {error.strerror}.", 1)
    say(f"{len(files)} files are in {folder}.")


def _files(folder: Path) -> dict[str, bytes]:
    """The texts of a folder by their paths within it; what lies outside of it, by a link, is not followed."""
    from folkmoot.meetings.domain.minutes.source import MOST_BYTES
    from folkmoot.meetings.domain.minutes.unpacking import ENDINGS

    root = folder.resolve()
    found: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        hidden = any(part.startswith(".") for part in path.parts)
        if hidden or file.suffix.lower() not in ENDINGS or not file.is_file():
            continue
        if not file.resolve().is_relative_to(root):
            say(f"{for_terminal(str(path))} leads out of the folder and was left aside.")
            continue
        if len(found) == MOST_FILES:
            stop(f"There are more than {MOST_FILES} files here; import them by the year.", USAGE)
        try:
            with file.open("rb") as opened:
                found[path.as_posix()] = opened.read(MOST_BYTES + 1)
        except OSError as error:
            say(f"{for_terminal(str(path))} cannot be read: {error.strerror}.")
    return found


def _read_answers(file: Path | None) -> Mapping[str, Any]:
    if file is None:
        return {}
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = None
    if not isinstance(said, dict):
        stop(f"{file} holds no JSON object.", USAGE)
    return said


def _show(shown: Shown) -> None:
    for one in [*shown.clear, *shown.waiting]:
        click.echo(for_terminal(f"{one.planned.file}: {one.title}, {one.step}"))
        for label, words in one.understood:
            click.echo(for_terminal(f"  {label}: {' '.join(words.split())}"))
        for words in one.questions:
            click.echo(for_terminal(f"  ? {words}"))
        for note in one.notes:
            click.echo(for_terminal(f"  line {note.line}: {note.words}"))
        for mark, words in one.changes:
            click.echo(for_terminal(f"  {mark} {words}"))
    for file, note in shown.file_notes:
        click.echo(for_terminal(f"{file}: {note.words}"))
    for name in shown.names:
        people = ", ".join(shown.plan.people[pk].name for pk in name.people if pk in shown.plan.people)
        click.echo(for_terminal(f"Who is {name.shown}? Perhaps {people}."))
    say(shown.summary)


def _as_json(shown: Shown) -> dict[str, Any]:
    people = shown.plan.people
    return {
        "records": [_row(shown.one(one)) for one in shown.plan.all],
        "names": [
            {
                "key": name.key,
                "name": name.shown,
                "people": [{"key": pk, "name": people[pk].name} for pk in name.people if pk in people],
            }
            for name in shown.names
        ],
        "file_notes": [{"file": file, "line": note.line, "words": note.words} for file, note in shown.file_notes],
    }


def _row(one: ShownPlan) -> dict[str, Any]:
    return {
        "file": one.planned.file,
        "key": one.key,
        "title": one.title,
        "step": one.planned.step,
        "clear": one.planned.is_clear,
        "understood": [{"what": label, "says": words} for label, words in one.understood],
        "questions": [{"code": asked.code, "words": asked.words} for asked in one.planned.questions],
        "calls": [call.pk for call in one.calls],
        "notes": [{"line": note.line, "words": note.words, "quote": note.quote} for note in one.notes],
        "changes": [f"{mark}{words}" for mark, words in one.changes],
    }
