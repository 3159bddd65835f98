"""`folkmoot report`: a group's report for a month."""

from __future__ import annotations

import click

from folkmoot.cli import django_ready
from folkmoot.cli.answers import NOT_FOUND, print_json, refusals_as_exit_codes, the_group
from folkmoot.cli.terminal import WithExamples, say, stop
from folkmoot.kit.naming import for_terminal


@click.command(
    cls=WithExamples,
    examples=[
        ("folkmoot report --group community-care --month 2026-10", "Read it, as Markdown"),
        ("folkmoot report --group community-care --month 2026-10 --draft", "Draft it from the record"),
        ("folkmoot report --group community-care --month 2026-10 --json", "For programs"),
    ],
)
@click.option("--group", "slug", required=True, help="The group's short name, as in its address.")
@click.option("--month", "month_text", required=True, help="The month, such as 2026-10.")
@click.option("--draft", "wants_draft", is_flag=True, help="Draft it first; what somebody wrote stays untouched.")
@click.option("--json", "as_json", is_flag=True, help="One object for programs; its keys stay.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Markdown, as without any flag.")
def report(slug: str, month_text: str, wants_draft: bool, as_json: bool, as_markdown: bool) -> None:
    """Print a month's report: as it was published last, or its draft.

    Exit code 3 when there is none; `--draft` makes one.
    """
    if as_json and as_markdown:
        raise click.UsageError("Either --json or --markdown, not both.")
    django_ready()
    from folkmoot.kit.errors import Refused
    from folkmoot.ledger.actors import machine
    from folkmoot.plan.actions.reports import draft_report, report_text
    from folkmoot.plan.domain.periods import parse_month

    try:
        month = parse_month(month_text)
    except Refused as refused:
        stop(refused.message, 2)
    group = the_group(slug)
    if wants_draft:
        with refusals_as_exit_codes():
            draft_report(group, month, by=machine())
    found = group.reports.filter(month=month.first).first()
    if found is None:
        stop(f"{group.name} has no report for {month.key}. `--draft` drafts one from the record.", NOT_FOUND)
    revision = found.revisions.first()
    text = revision.text if revision else report_text(found)
    if as_json:
        shown = {
            "group": group.slug,
            "month": month.key,
            "state": "published" if revision else "draft",
            "public": found.is_public,
            "revision": revision.number if revision else None,
            "published_at": revision.published_at.isoformat() if revision else None,
            "markdown": text,
        }
        print_json(shown)
        return
    if revision is None:
        say("This is a draft; nobody has published it.")
    click.echo(for_terminal(text), nl=False)
