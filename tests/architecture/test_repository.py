"""What every file of the repository has to keep to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.architecture.repository import ROOT, short, texts

LONGEST_MODULE = 500
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "tools", "stuff", "functions"}
# Put together here, so that this file does not find itself.
REGISTRIES = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "npmmirror" + ".com",
)
MACHINE_PATHS = re.compile("(?<![\\w.])/(?:root|ho" + "me|Users|wo" + "rk|opt/py" + "pi)/")
INLINE = re.compile(r"""<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<style[\s>]|<script(?![^>]*\ssrc=)[^>]*>\s*[^<\s]""", re.I)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.M)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)


def test_no_module_is_too_long() -> None:
    long = {short(path): lines for path, text in texts(".py") if (lines := text.count("\n")) > LONGEST_MODULE}

    assert long == {}


def test_no_module_has_a_vague_name() -> None:
    vague = [
        short(path)
        for path, _ in texts(".py")
        if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES - {"tools"}
    ]

    assert vague == []


def test_pages_of_a_group_begin_their_way_up_alike() -> None:
    own = re.compile(r"\{% breadcrumbs (?:groups_label groups_url )?group\.")
    templates = (ROOT / "src").rglob("templates/**/*.html")

    found = [short(path) for path in templates if own.search(path.read_text(encoding="utf-8"))]

    assert found == [], "Use {% group_breadcrumbs group section … %}."


def test_who_reads_is_known_in_one_place() -> None:
    own = re.compile(r"assert isinstance\(request\.user, Person\)|has_session\(request\) and isinstance\(request\.user")

    found = {path.name for path in (ROOT / "src").rglob("*.py") if own.search(path.read_text(encoding="utf-8"))}

    assert found == {"reader.py"}, "Ask folkmoot.people.reader: person_of, signed_in."


def test_no_file_names_a_package_registry() -> None:
    naming = [short(path) for path, text in texts() for host in REGISTRIES if host in text]

    assert naming == []


def test_no_file_names_a_path_of_someones_machine() -> None:
    naming = [f"{short(path)}: {found.group()}" for path, text in texts() if (found := MACHINE_PATHS.search(text))]

    assert naming == []


@pytest.mark.parametrize(
    ("markup", "refused"),
    [
        ('<p style="color:red">', True),
        ('<a href="#" onclick="go()">', True),
        ("<style>p{}</style>", True),
        ("<script>go()</script>", True),
        ('<script src="/a.js"></script>', False),
        ('<script type="application/json" id="x" src="y"></script>', False),
        ('<p class="style" data-style="x">on = off</p>', False),
    ],
)
def test_inline_pattern_knows_what_the_policy_refuses(markup, refused) -> None:
    assert bool(INLINE.search(markup)) == refused


def test_no_template_has_inline_script_or_style() -> None:
    # Mails carry their styles with them: most programs that show them read nothing else, and no policy of ours holds.
    inline = [
        f"{short(path)}: {found.group()}"
        for path, text in texts(".html", ".svg")
        if "templates" in path.parts and "mail" not in path.parts
        for found in INLINE.finditer(TAG.sub("", text))
    ]

    assert inline == []


def locks() -> dict[str, str]:
    return {path.name: text for path, text in texts(".txt") if path.parent == ROOT / "requirements"}


def test_python_locks_carry_hashes_and_no_host() -> None:
    assert set(locks()) == {"build.txt", "dev.txt", "node.txt", "run.txt"}
    for name, text in locks().items():
        entries = re.split(r"\n(?=\S)", text.strip())
        unhashed = [entry.split("\n")[0] for entry in entries if LOCKED.match(entry) and "--hash=sha256:" not in entry]
        assert unhashed == [], name
        assert "://" not in text, name
        assert not re.search(r"^\s*--(?!hash)", text, re.M), name


def test_brought_browser_is_locked_by_hash_and_names_no_host() -> None:
    lock = (ROOT / "requirements" / "chromium.lock").read_text(encoding="utf-8")

    assert re.fullmatch(r"@[\w/-]+ [\d.]+ sha512-[\w+/]{86}==\n", lock)


def test_running_uses_the_versions_that_the_tests_use() -> None:
    running, testing = dict(LOCKED.findall(locks()["run.txt"])), dict(LOCKED.findall(locks()["dev.txt"]))

    assert {name: testing.get(name) for name in running} == running


def test_browser_packages_are_locked_by_hash_and_name_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a Markdown page."""
    found: set[str] = set()
    for heading in HEADING.findall(CODE.sub("", text)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        slug = re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
        number = 0
        while (name := slug if not number else f"{slug}-{number}") in found:
            number += 1
        found.add(name)
    return found


def dead_links(page: Path, text: str) -> list[str]:
    """Links of a Markdown page to files or headings that are not there; other servers are not asked."""
    dead = []
    for target in (link or picture for link, picture in LINK.findall(CODE.sub("", text))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists():
            dead.append(f"{short(page)}: {target} is not there")
        elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
            dead.append(f"{short(page)}: {target} has no such heading")
    return dead


def test_links_in_the_documentation_lead_somewhere() -> None:
    # Charters are made of what their authors link to.
    pages = [(path, text) for path, text in texts(".md") if "examples" not in path.parts and "tests" not in path.parts]

    assert pages
    assert [dead for path, text in pages for dead in dead_links(path, text)] == []


def test_dead_links_are_found(tmp_path) -> None:
    page = ROOT / "docs" / "not-there.md"

    dead = dead_links(page, "[a](map.md) [b](nowhere.md) [c](#here) [d](https://example.org/)\n\n# Here\n")

    assert [line.split(": ")[1] for line in dead if "nowhere" in line] == ["nowhere.md is not there"]


def test_page_on_trust_is_one_table_whose_tests_are_there() -> None:
    lines = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")]
    first = lines.index("| fault | what happens instead | shown by |")
    faults = [line.split("|")[1].strip() for line in table[2:]]

    assert lines[first : first + len(table)] == table
    assert sorted(faults) == sorted(set(faults))
    for line in table[2:]:
        *_, shown_by, _ = line.split("|")
        folder = ROOT
        for name in re.findall(r"`([^`]+)`", shown_by):
            path = ROOT / name if name.startswith("tests/") else folder / name
            assert path.exists(), name
            folder = path.parent
