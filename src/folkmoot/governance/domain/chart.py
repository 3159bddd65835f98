"""A count as a chart, and as a card to share: SVG that needs no script and no picture from elsewhere.

Bars differ by pattern as well as by colour. Colours come from classes, so that a page can dress them; without any
style the chart is ink on paper. All widths are shares of the whole, so letters keep their size on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Final

from folkmoot.governance.domain.counting.methods import METHODS, Method
from folkmoot.governance.domain.counting.record import Result
from folkmoot.governance.domain.counting.story import all_of, exact, number

ROW: Final = 72
TOP: Final = 26
LONGEST: Final = 30
PAIRWISE: Final = tuple(method for method, kind in METHODS.items() if kind.pairwise)


@dataclass(frozen=True)
class Bar:
    """What one candidate had at first, and the most they had; `elected` and `out` are numbers of stages."""

    name: str
    first: int
    most: int
    elected: int | None = None
    out: int | None = None


@dataclass(frozen=True)
class ChartWords:
    """The words in a chart; those with %s take what stands in their place."""

    title: str = "What each candidate had"
    quota: str = "Quota %s"
    elected: str = "elected"
    out: str = "out at stage %s"


def bars(result: Result) -> list[Bar]:
    """The bars: the elected in their order, then those who came closest."""
    if not result.stages:
        return []
    stages = result.stages[:1] if result.method == Method.STAR else result.stages
    elected = {name: stage.number for stage in result.stages for name in stage.elected}
    out = {name: stage.number for stage in result.stages for name in stage.excluded}
    found = [
        Bar(name, stages[0].totals[name], max(s.totals[name] for s in stages), elected.get(name), out.get(name))
        for name in result.candidates
        if name not in result.withdrawn
    ]
    place = {name: number for number, name in enumerate(result.elected)}
    return sorted(found, key=lambda bar: (place.get(bar.name, len(place)), -(bar.out or 10**6), -bar.most, bar.name))


def chart(result: Result, words: ChartWords | None = None) -> str:
    """The chart as SVG. Everything in it also stands in the table, to which it is no substitute."""
    words = words or ChartWords()
    shown = bars(result)
    quota = result.stages[0].quota if result.stages and result.method not in PAIRWISE else None
    most = max([bar.most for bar in shown] + [quota or 0, 1])
    height = TOP + ROW * len(shown)
    parts = [
        f'<svg class="chart" role="img" aria-label="{escape(words.title)}" width="100%" height="{height}">',
        f"<title>{escape(words.title)}</title>",
        _PATTERNS,
    ]
    for place, bar in enumerate(shown):
        parts.append(_bar(bar, TOP + place * ROW, most, result.decimals, words))
    if quota:
        across = _share(quota, most)
        anchor = "end" if quota * 2 > most else "start"
        parts.append(
            f'<line class="chart-quota" x1="{across}" x2="{across}" y1="{TOP - 6}" y2="{height}" '
            f'stroke="currentColor" stroke-width="2" stroke-dasharray="3 4"/>'
            f'<text class="chart-label" x="{across}" y="14" text-anchor="{anchor}" fill="currentColor">'
            f"{escape(words.quota % number(quota, result.decimals))}</text>"
        )
    return "".join([*parts, "</svg>"])


_PATTERNS: Final = (
    '<defs><pattern id="chart-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="chart-in" d="M0 0V7" stroke="currentColor" stroke-width="6"/></pattern>'
    '<pattern id="chart-dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<circle class="chart-not" cx="2" cy="2" r="1.4" fill="currentColor"/></pattern>'
    '<pattern id="chart-lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<path class="chart-not" d="M0 0V6" stroke="currentColor" stroke-width="2"/></pattern></defs>'
)


def _share(votes: int, most: int) -> str:
    return f"{100 * votes / most:.2f}%"


def _bar(bar: Bar, top: int, most: int, decimals: int, words: ChartWords) -> str:
    """One candidate: the name, below it what they had, then the bar of what they had at first and what came to them."""
    first, gained = _share(min(bar.first, bar.most), most), _share(max(0, bar.most - bar.first), most)
    at_first, later = (
        ("currentColor", "url(#chart-hatch)") if bar.elected else ("url(#chart-dots)", "url(#chart-lines)")
    )
    kind = "chart-in" if bar.elected else "chart-not"
    state = words.elected if bar.elected else words.out % bar.out if bar.out else ""
    name = bar.name if len(bar.name) <= LONGEST else bar.name[: LONGEST - 1] + "…"
    told = f"{number(bar.most, decimals)}{' · ' if state else ''}{state}"
    solid = f'class="{kind}{" chart-solid" if bar.elected else ""}"'
    return (
        f'<text class="chart-name" y="{top + 16}" fill="currentColor">{escape(name)}</text>'
        f'<text class="chart-label" y="{top + 34}" fill="currentColor">{escape(told)}</text>'
        f'<rect {solid} y="{top + 42}" height="16" width="{first}" fill="{at_first}" stroke="currentColor"/>'
        f'<rect class="{kind}" x="{first}" y="{top + 42}" height="16" width="{gained}" fill="{later}" '
        'stroke="currentColor"/>'
    )


def card(result: Result, title: str = "") -> str:
    """A card to share, 1200 by 630: who is elected, by which method, from how many ballots."""
    names = all_of(list(result.elected)) if result.elected else "Nobody"
    size = 76 if len(names) < 40 else 54 if len(names) < 120 else 38
    lines = wrap(names, max(12, int(1040 / (size * 0.66))))[:5]
    seats = "1 seat" if result.seats == 1 else f"{result.seats} seats"
    told = f"{METHODS[Method(result.method)].words} · {seats} · {result.ballots} ballots"
    text = "".join(
        f'<text x="80" y="{270 + place * size * 1.2:.0f}" font-size="{size}" font-weight="700">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630" '
        'font-family="Georgia, serif" fill="#2a2521"><rect width="1200" height="630" fill="#fbf8f3"/>'
        '<rect width="1200" height="14" fill="#2b6449"/>'
        f'<text x="80" y="130" font-size="34" fill="#5a5149">{escape(title[:60] or "Elected")}</text>{text}'
        f'<text x="80" y="560" font-size="30" fill="#5a5149">{escape(told)}</text></svg>'
    )


def totals_in_words(result: Result) -> list[list[str]]:
    """The round by round table: for each candidate the name, then what they had at the end of each stage."""
    return [[name, *(exact(s.totals[name], result.decimals) for s in result.stages)] for name in result.candidates]
