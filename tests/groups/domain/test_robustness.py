"""The reader never fails, never loses a line, and stays within its time and memory, whatever it is given."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.groups.domain.charter import Charter, read, to_json
from folkmoot.kit.errors import Refused
from tests.factories.groups import CHARTER

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "examples").glob("*.md"))]
FUZZ_INPUTS = 3_000
SCRAPS = (
    "#", "##", "# ", "* ", "- ", "1. ", "**", "***", "_", "`", "```\n", "~~~\n", "|", "|--|\n", "> ", "[", "](", ")", "![",
    "<", ">", "<br>", "<table><tr><td>", "<!--", "-->", "&amp;", "\\", "\r", "\r\n", "\n", "\n\n", "\t", "\x00", "\x0b", "\x0c",
    "\x85", "\u2028", "\u202e", "\ufeff", "é", "日本", "👩‍🌾", "---\n", "===\n", "[x]: y\n", "every second Wednesday",
    "Wed, Jan 22 2025", "31 September", "8 am PST", "25:99", "FREQ=SECONDLY", "Q3", "COMING SOON", "[X]", "Chair", ":", "–",
)  # fmt: skip


def check(charter: Charter) -> None:
    """What holds for every charter that was read."""
    assert "".join(charter.lines) == charter.text
    covered = [line for section in charter.sections for line in range(section.lines.first, section.lines.last + 1)]
    assert covered == list(range(1, len(charter.lines) + 1))
    assert len({section.anchor for section in charter.sections}) == len(charter.sections)
    reading = to_json(charter)
    assert json.loads(json.dumps(reading)) == reading
    for topic in ("objectives", "roles", "membership", "annual_activities", "meetings", "notes"):
        for item in reading[topic]:
            first, last = item["lines"] if "lines" in item else (item["line"], item["line"])
            assert 1 <= first <= last <= max(1, len(charter.lines))


@given(st.text(max_size=400))
@example("")
@example("\x00")
@example("\r\r\n\n")
@example("# \n#\n##")
@settings(max_examples=300, deadline=None)
def test_every_text_keeps_all_its_lines(text):
    try:
        charter = read(text.encode("utf-8", "surrogatepass"))
    except Refused as refused:
        assert refused.message
        return

    # A NUL is shown as the sign for what cannot be shown; a byte order mark is no text.
    assert charter.text.replace("\ufeff", "") == text.replace("\ufeff", "").replace("\x00", "\ufffd")
    check(charter)


@given(st.lists(st.sampled_from([*SCRAPS, *CHARTER.splitlines(keepends=True)]), max_size=60))
@settings(max_examples=300, deadline=None)
def test_every_heap_of_markdown_keeps_all_its_lines(pieces):
    try:
        check(read("".join(pieces).encode()))
    except Refused as refused:
        assert refused.message


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_every_heap_of_bytes_is_read_or_refused_in_words(data):
    try:
        check(read(data))
    except Refused as refused:
        assert refused.message


def mutated(chance: random.Random, text: str) -> bytes:
    """A short stretch of a charter with a few accidents in it."""
    start = chance.randrange(max(1, len(text) - 500))
    text = text[start : start + chance.randrange(1, 500)]
    for _ in range(chance.randrange(6)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(SCRAPS) + text[place + chance.randrange(4) :]
    data = text.encode()
    if chance.random() < 0.1:
        data = bytes(chance.randrange(256) if chance.random() < 0.02 else byte for byte in data)
    return data


@pytest.mark.slow
def test_thousands_of_accidents_are_survived():
    chance = random.Random(20250122)
    texts = [CHARTER, *EXAMPLES]
    read_ones = 0

    for _ in range(FUZZ_INPUTS):
        data = mutated(chance, chance.choice(texts))
        try:
            check(read(data))
        except Refused as refused:
            assert refused.message
        else:
            read_ones += 1

    assert read_ones > FUZZ_INPUTS * 0.9


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_change_what_is_understood(encoding, ending):
    plain = to_json(read(CHARTER.encode()))

    other = to_json(read(CHARTER.replace("\n", ending).encode(encoding)))

    assert other == plain


HOSTILE = {
    "emphasis": "*a" * 60_000,
    "opening emphasis": "*" * 19_000 + "\n",
    "underscores": "_a_" * 6_000,
    "brackets": "[" * 19_000,
    "image brackets": "![" * 9_500,
    "links": "[a](" * 4_900,
    "quotes": "> " * 9_900 + "x",
    "many quotes": ("> " * 400 + "x\n") * 300,
    "nested lists": "\n".join("  " * min(depth, 9_000) + "- x" for depth in range(480)),
    "ten thousand deep": "- " * 9_999 + "x",
    "numbers": "1. " * 6_500 + "x",
    "backticks": "".join("`" * n + " " for n in range(190)),
    "fences": "```\n" * 40_000,
    "headings": "# a\n" * 60_000,
    "setext": "a\n=\n" * 40_000,
    "definitions": "".join(f"[{n}]: x\n" for n in range(20_000)),
    "definition and uses": "[a]: b\n" + "[a]" * 6_000,
    "html": "<" * 19_999,
    "comments": "<!-- " * 3_900,
    "tags": "<div>\n" * 40_000,
    "entities": "&amp;" * 3_900,
    "table of rows": "|a|b|\n|-|-|\n" + "|c|d|\n" * 4_900,
    "table of columns": "|a" * 90 + "|\n" + "|-" * 90 + "|\n" + ("|b" * 90 + "|\n") * 100,
    "bold leads": "* **Name** – text\n" * 12_000,
    "dates": "every second Wednesday starting Wed, Jan 22 2025 at 8 am PST, " * 300,
    "regular expression food": ("a" * 30 + " ") * 600 + "!\n" + " " * 19_000 + "x\n" + "at " * 6_000,
    "colons": "x:" * 9_000,
    "blank": "\n" * 250_000,
    "spaces": (" " * 19_000 + "\n") * 13,
    "NUL": "\x00" * 19_000 + "\n# a\n",
    "many lines": "x\n" * 130_000,
    "front matter": "---\n" + "a: b\n" * 50_000 + "---\n",
    "pipes": ("a | b | c\n") * 24_000,
}

SECONDS, MEGABYTES = 2.0, 200
MEASURE = """
import re, sys, time
from pathlib import Path
from folkmoot.groups.domain.charter import read
from folkmoot.kit.errors import Refused
data = sys.stdin.buffer.read()
begin = time.process_time()
try:
    charter = read(data)
    assert "".join(charter.lines) == charter.text
    told = "read"
except Refused as refused:
    told = "refused"
seconds = time.process_time() - begin
# Not getrusage: what it calls the most is inherited from the process that started this one.
most = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(told, seconds, most)
"""


def limited() -> None:
    """In the child: no runaway reading may take the machine with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_within_its_bounds(name):
    data = HOSTILE[name].encode()[: 256 * 1024]

    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=data, capture_output=True, preexec_fn=limited, timeout=60
    )

    assert done.returncode == 0, done.stderr.decode()[-400:]
    told, seconds, megabytes = done.stdout.decode().split()
    assert told in ("read", "refused")
    # CPU seconds of the child alone: what else the machine does is not counted. Twice the bar, for slow machines.
    assert float(seconds) < SECONDS * 2, f"{name}: {seconds} s"
    assert float(megabytes) < MEGABYTES, f"{name}: {megabytes} MB"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x\n" * (128 * 1024) + b"x", "256 KB"),
        (b"x" * 20_001, "20,000"),
        (b"a" * 50_000_000, "256 KB"),
        (b"|a" * 9_000 + b"|\n" + b"|-" * 9_000 + b"|\n" + b"|b" * 9_000 + b"|\n", "10,000"),
        (bytes(range(256)) * 20, "text"),
        (b"= Charter\n:toc:\n\n== Purpose\n\nText.\n", "AsciiDoc"),
        (b"%PDF-1.7\n\x00\x01", "PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_plain_sentence(data, words):
    begin = time.process_time()

    with pytest.raises(Refused) as refused:
        read(data)

    assert words in refused.value.message
    assert "\n" not in refused.value.message
    assert time.process_time() - begin < SECONDS
