"""Every pair of colours that stands on our pages, computed by the formula of WCAG 2.2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "src" / "folkmoot" / "ui" / "frontend"
TOKEN = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TOKENS = {name: colours for name, *colours in TOKEN.findall((FRONTEND / "tokens.css").read_text())}

TINTED = ("moss", "ember", "dusk", "lake", "gold", "rose")
PAPER = ("bg", "surface", "sunken")
TEXT = [
    *((ink, paper) for ink in ("ink", "ink-2", "ink-3") for paper in (*PAPER, "raised")),
    *((colour, paper) for colour in TINTED for paper in ("bg", "surface")),
    *((colour, f"{colour}-tint") for colour in TINTED),
    # callouts, marked and targeted lines of a source, selected text
    *((ink, f"{colour}-tint") for ink in ("ink", "ink-2", "ink-3") for colour in TINTED),
    *((colour, "gold-tint") for colour in ("rose", "lake")),
    *((colour, "lake-tint") for colour in ("rose", "gold")),
    ("on-moss", "moss"),
    ("on-moss", "moss-strong"),
    ("on-rose", "rose"),
    ("on-rose", "rose-strong"),
    ("rose", "rose-tint"),
    ("ink-2", "line"),  # the face that says how many more
    ("lake", "sunken"),
    ("bg", "ink"),  # the skip link
]
EDGES = [
    *(("control", paper) for paper in (*PAPER, "raised")),
    *(("focus", paper) for paper in (*PAPER, "raised", *(f"{colour}-tint" for colour in TINTED))),
    *(("ember", paper) for paper in ("bg", "surface")),  # the free seat, the marked hour, the present tab
    ("moss", "line"),  # progress
    ("rose", "surface"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("dress", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_can_be_read(ink, paper, dress) -> None:
    assert contrast(TOKENS[ink][dress], TOKENS[paper][dress]) >= 4.5


@pytest.mark.parametrize("dress", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "paper"), EDGES)
def test_edges_can_be_seen(edge, paper, dress) -> None:
    assert contrast(TOKENS[edge][dress], TOKENS[paper][dress]) >= 3


def test_no_colour_stands_outside_the_tokens() -> None:
    loose = []
    for sheet in [*FRONTEND.glob("components/*.css"), FRONTEND / "base.css", FRONTEND / "layout.css"]:
        for number, line in enumerate(sheet.read_text().splitlines(), 1):
            if re.search(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", line) and not line.strip().startswith("/*"):
                loose.append(f"{sheet.name}:{number}: {line.strip()}")
    # A QR code is black on white whatever the dress, or cameras miss it.
    assert loose == [line for line in loose if line.endswith("background: #fff;") and line.startswith("entrance.css")]
