"""Notes which addresses and templates the tests visit, over all processes of a run.

At the end of a full run (the whole suite on SQLite, nothing selected, nothing failed) every address and every
template of ours must have been visited by some test, or stand in `UNVISITED` with its reason; else the run fails.
What no test visits may be broken for long without anyone knowing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

UNVISITED = {
    "address /healthz": "answered by a middleware, before addresses are looked at",
}

ROOMS = Path(__file__).resolve().parents[2] / "src" / "folkmoot"
_routes: set[str] = set()
_templates: set[str] = set()


def pytest_sessionstart(session: pytest.Session) -> None:
    from django.core.handlers.base import BaseHandler
    from django.test.signals import template_rendered

    resolve = BaseHandler.resolve_request

    def noting_resolve(self: BaseHandler, request: Any) -> Any:
        match = resolve(self, request)
        _routes.add(match.route)
        return match

    BaseHandler.resolve_request = noting_resolve  # type: ignore[method-assign]
    template_rendered.connect(_note_template, weak=False)


def _note_template(sender: Any, template: Any, **kwargs: Any) -> None:
    if template.origin and template.origin.name:
        _templates.add(str(template.origin.name))


def own_routes() -> set[str]:
    """Routes of the addresses that our rooms define, as Django writes them."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(resolver: URLResolver, before: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, route)
            elif isinstance(pattern, URLPattern) and ours(pattern.callback):
                yield route

    return set(walk(get_resolver(), ""))


def ours(view: Any) -> bool:
    """Whether a view is of our rooms and not of a package that we use."""
    return str(getattr(view, "__module__", "")).startswith("folkmoot.")


def own_templates() -> set[str]:
    """Paths of the templates of our rooms."""
    return {str(path) for path in ROOMS.glob("*/templates/**/*") if path.is_file()}


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["visits"] = [sorted(_routes), sorted(_templates)]
    elif exitstatus == 0 and is_full(session.config) and missing():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    routes, templates = getattr(node, "workeroutput", {}).get("visits", ([], []))
    _routes.update(routes)
    _templates.update(templates)


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    if not is_full(config):
        return
    unseen = missing()
    if unseen and not terminalreporter.stats.get("failed") and not terminalreporter.stats.get("error"):
        terminalreporter.section("never visited by any test")
        for what in unseen:
            terminalreporter.line(what)


def missing() -> list[str]:
    """Addresses and templates that no test of this run has visited and that are not excused."""
    routes = {f"address /{route}" for route in own_routes() - _routes}
    templates = {f"template {Path(path).relative_to(ROOMS)}" for path in own_templates() - _templates}
    return sorted(what for what in routes | templates if what not in UNVISITED)


def is_full(config: pytest.Config) -> bool:
    """Whether the whole suite was asked for; the run on PostgreSQL leaves out what needs no database."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return False
    option = config.option
    chosen = option.keyword or option.markexpr or option.deselect or option.collectonly or option.maxfail
    return not chosen and [Path(word).name for word in config.args] == ["tests"]
