"""A result as one HTML file that needs no network: what was counted, all its files, and a script that checks them.

The files are those of a bundle, byte for byte. The script and the styles stand in the file by their hashes, and
nothing else may run or be fetched. The script is built from `ui/frontend/verify-count.js`.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from importlib.resources import files as files_in
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from folkmoot.governance.domain.bundles import signed_files_of
from folkmoot.governance.domain.chart import chart, totals_in_words
from folkmoot.governance.domain.counting.record import Result
from folkmoot.governance.domain.counting.story import exact, story
from folkmoot.governance.domain.given import Given

STYLE: Final = """
:root { color-scheme: light dark; --ink: light-dark(#2a2521, #f2ece3); --soft: light-dark(#6e645a, #a89d90);
  --bg: light-dark(#fbf8f3, #191613); --line: light-dark(#e3dacd, #3b352e); --moss: light-dark(#2b6449, #8ccba6);
  --ember: light-dark(#a8401f, #f2a184); --rose: light-dark(#a3243b, #f59ca9) }
body { margin: 0; background: var(--bg); color: var(--ink); font: 1.06rem/1.6 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1, h2 { font-family: Georgia, serif; line-height: 1.2 }
h2 { margin-top: 3rem }
#checks { border: 2px solid var(--line); border-radius: 10px; padding: 0.5rem 1rem }
#checks[data-found="right"] { border-color: var(--moss) }
#checks[data-found="wrong"] { border-color: var(--rose) }
#checks p { font-weight: 600 }
#checks ul { padding: 0; list-style: none; overflow-wrap: anywhere }
.right { color: var(--moss) }
.wrong { color: var(--rose) }
.table { overflow-x: auto }
table { border-collapse: collapse; font-size: 0.92rem }
th, td { padding: 0.4rem 0.9rem 0.4rem 0; text-align: end; border-top: 1px solid var(--line); white-space: nowrap }
th:first-child { text-align: start; white-space: normal; min-width: 7rem; max-width: 14rem }
td { font-variant-numeric: tabular-nums }
.chart { overflow: visible }
.chart-name { font-weight: 600; font-size: 0.95rem }
.chart-label { font-size: 0.82rem }
.chart-in { color: var(--moss) }
.chart-not { color: var(--soft) }
.chart-quota { color: var(--ember) }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.9rem }
@media print { body { background: #fff } tr, svg { break-inside: avoid } }
"""


@cache
def checking_script() -> str:
    """The script that goes into the file, as it was built."""
    return (files_in("folkmoot.ui") / "static" / "ui" / "built" / "verify-count.js").read_text("utf-8").strip()


def offline_page(given: Given, result: Result, *, title: str = "", key: Ed25519PrivateKey | None = None) -> str:
    """The file. `title` is what the election is called."""
    script = checking_script()
    files = signed_files_of(given, result, key=key)
    told = story(result)
    heading = title or "The result of a count"
    held = "".join(
        f'<script type="text/plain" data-file="{escape(name)}">{base64.b64encode(data).decode()}</script>\n'
        for name, data in files.items()
    )
    elected = "".join(f"<li data-elected>{escape(name)}</li>" for name in result.elected) or "<li>Nobody</li>"
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(STYLE)}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(heading)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(heading)}</h1>\n<p>{escape(told[0])}</p>\n"
        '<div id="checks" role="status"><p>This file checks itself where scripts run. Without them, use '
        "folkmoot verify on its bundle.</p></div>\n"
        f"<h2>Elected</h2>\n<ol>{elected}</ol>\n"
        f"<h2>Who had how much</h2>\n{chart(result)}\n"
        f"<h2>What happened</h2>\n<ol>{''.join(f'<li>{escape(paragraph)}</li>' for paragraph in told[1:-1])}</ol>\n"
        f"<p>{escape(told[-1])}</p>\n"
        f"<h2>Stage by stage</h2>\n{_table(result)}\n"
        "<footer><p>The ballots, the rules and the record are inside this file. It asks nothing of any network."
        f'</p></footer>\n</main>\n{held}<script type="module">{script}</script>\n</body>\n</html>\n'
    )


def _hash(text: str) -> str:
    """The hash by which a content policy lets this text in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _table(result: Result) -> str:
    """Candidates in rows, stages in columns; each cell says what it is, so that the script can compare it."""
    head = "".join(f'<th scope="col">Stage {stage.number}</th>' for stage in result.stages)
    rows = []
    for name, *totals in totals_in_words(result):
        cells = "".join(
            f'<td data-stage="{stage.number}" data-name="{escape(name)}">{votes}</td>'
            for stage, votes in zip(result.stages, totals, strict=True)
        )
        rows.append(f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>')
    for label, numbers in (
        ("Exhausted", [stage.exhausted for stage in result.stages]),
        ("Lost by rounding", [stage.lost for stage in result.stages]),
    ):
        if any(numbers):
            cells = "".join(f"<td>{exact(number, result.decimals)}</td>" for number in numbers)
            rows.append(f'<tr><th scope="row">{label}</th>{cells}</tr>')
    return (
        f'<div class="table" role="region" aria-label="Stage by stage" tabindex="0"><table><thead><tr>'
        f'<th scope="col">Candidate</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )
