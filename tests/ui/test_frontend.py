from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from folkmoot.ui import times
from tests.kit.judges import node_here

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "src" / "folkmoot" / "ui"
BUILT = UI / "static" / "ui" / "built"
TEMPLATES = sorted((ROOT / "src" / "folkmoot").glob("*/templates/**/*.html"))
SHEETS = sorted((UI / "frontend").glob("**/*.css"))
NODE = node_here()

needs_build = pytest.mark.skipif(
    not BUILT.exists() and not os.environ.get("CI"), reason="the static files are not built: npm run build"
)


def test_lock_names_no_host_and_the_old_major_of_htmx() -> None:
    lock = (ROOT / "package-lock.json").read_text()

    assert "http" not in lock
    packages = json.loads(lock)["packages"]
    assert packages["node_modules/htmx.org"]["version"].startswith("2.")
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_every_platform_can_build_from_the_lock() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert {
        f"node_modules/@esbuild/{name}" for name in ("linux-x64", "linux-arm64", "darwin-arm64", "win32-x64")
    } <= set(packages)


@needs_build
def test_scripts_of_a_page_are_light() -> None:
    sizes = {name: len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in ("main.js", "htmx.js")}

    assert sum(sizes.values()) <= 40 * 1024, sizes
    assert sizes["main.js"] <= 6 * 1024, sizes
    assert len(gzip.compress((BUILT / "live.js").read_bytes(), 9)) <= 2 * 1024


@needs_build
@pytest.mark.parametrize("name", ["main.css", "main.js", "htmx.js", "live.js", "call.js"])
def test_built_files_ask_nobody_else(name) -> None:
    addresses = set(re.findall(r"https?://[\w./-]+", (BUILT / name).read_text()))

    assert addresses <= {"http://www.w3.org/2000/svg"}


@needs_build
def test_every_font_that_the_styles_name_is_there() -> None:
    named = set(re.findall(r'url\("?([^")]+)"?\)', (BUILT / "main.css").read_text()))
    fonts = {name.removeprefix("./") for name in named if name.endswith(".woff2")}

    assert fonts
    assert all((BUILT / font).is_file() for font in fonts)
    assert all("latin" in font for font in fonts)


@needs_build
def test_built_styles_hold_every_colour_in_both_dresses() -> None:
    css = (BUILT / "main.css").read_text()

    assert "light-dark(" not in css
    # Light once; dark for the device's choice and for the reader's.
    assert [len(re.findall(rf"--bg:\s*{colour}", css)) for colour in ("#fbf8f3", "#191613")] == [1, 2]


MAILS = [template for template in TEMPLATES if template.parent.name == "mail"]


@pytest.mark.parametrize("template", MAILS, ids=lambda path: "/".join(path.parts[-3:]))
def test_mail_loads_nothing(template) -> None:
    """A mail carries its styles in itself, and tells nobody that it was opened."""
    assert not re.search(r"<(script|img|link|iframe)|url\(|@import|javascript:", template.read_text(), re.IGNORECASE)


@pytest.mark.parametrize(
    "template",
    [template for template in TEMPLATES if template not in MAILS],
    ids=lambda path: "/".join(path.parts[-2:]),
)
def test_template_keeps_to_the_content_policy(template) -> None:
    source = template.read_text()

    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", source, re.IGNORECASE)
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r"(src|href)\s*=\s*[\"']https?://", source)


def test_styles_work_in_both_directions() -> None:
    physical = re.compile(
        r"^\s*((margin|padding|border|inset)-(left|right)\b|(left|right)\s*:|text-align:\s*(left|right)|float:)"
    )
    found = [
        f"{sheet.name}:{number}: {line.strip()}"
        for sheet in SHEETS
        for number, line in enumerate(sheet.read_text().splitlines(), 1)
        if physical.search(line)
    ]

    assert found == []


def test_every_sheet_is_part_of_the_bundle() -> None:
    imported = set(re.findall(r'@import "\./([^"]+)"', (UI / "frontend" / "main.css").read_text()))

    assert imported == {sheet.relative_to(UI / "frontend").as_posix() for sheet in SHEETS} - {"main.css"}


def in_python(apart: timedelta, now: datetime, zone: str) -> list[object]:
    words = times.relative_words(now + apart, now, zone)
    if words == "now":
        return [0, "second"]
    if words in {"tomorrow", "yesterday"}:
        return [1 if words == "tomorrow" else -1, "day"]
    number, unit = re.findall(r"(\d+) (\w+?)s?\b", words)[0]
    return [int(number) * (-1 if words.endswith("ago") else 1), unit]


@pytest.mark.skipif(NODE is None and not os.environ.get("CI"), reason="there is no Node here to run the script with")
def test_script_and_server_say_the_same_of_a_distance_in_time() -> None:
    now = datetime(2026, 11, 23, 22, 40, tzinfo=UTC)
    apart = [
        timedelta(seconds=sign * seconds)
        for sign in (1, -1)
        for seconds in (0, 59, 60, 3599, 3600, 4 * 3600, 6 * 3600, 20 * 3600, 86400, 90000, 172800)
    ] + [timedelta(days=sign * days) for sign in (1, -1) for days in (3, 13, 14, 20, 59, 60, 61, 200, 729, 730, 800)]
    zones = ("UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "America/Los_Angeles")
    cases = [[(now + gap).timestamp() * 1000, now.timestamp() * 1000, zone] for zone in zones for gap in apart]
    script = f"""
        globalThis.document = {{ addEventListener() {{}} }};
        globalThis.setInterval = () => 0;
        const {{ distance }} = await import({json.dumps((UI / "frontend/scripts/relative.js").as_uri())});
        console.log(JSON.stringify({json.dumps(cases)}.map((given) => distance(...given))));
    """

    done = subprocess.run(
        [str(NODE), "--no-warnings", "--input-type=module", "-e", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.replace("-0,", "0,")) == [
        in_python(gap, now, zone) for zone in zones for gap in apart
    ]
