"""Minutes with every text that could do harm to a Markdown form."""

from __future__ import annotations

from hypothesis import strategies as st

from folkmoot.meetings.domain.minutes import (
    Counts,
    MinutesRecord,
    Names,
    OpeningText,
    ReadAction,
    ReadDecision,
    ReadItem,
    ReadLink,
    ReadPerson,
    Resolution,
)

HOSTILE = (
    '---', '# Title', '## Present', '### 1. Topic', '- [x] done', '> quoted', '```', '~~~', '<!-- hidden', '-->',
    '| a | b |', '*kind update*', 'a \xb7 b', 'a, b', '\\', '\\,', '&amp;', '&#10;', '&amp;#10;', '&amp;amp;#13;',
    '@ada', 'from Labs', 'as chair', 'guest', 'owner Ada', 'due 2026-01-01', ' lead', 'trail ', 'two  spaces',
    'tab\there', '\n', '\r\n', '\r', '\u2028', '\x85', '\x0b', '\x0c', '\x00', '\ufeff',
    '\u05e9\u05dc\u05d5\u05dd', '\u202eabc', '\U0001f994', 'e\u0301', '1. one', '1)', '+ plus', '=', '===',
    'a\n===', '[x]: y', '</details>', '(AE)', 'Decision 1', 'In favour: 2', '[a](<b>)', ']', '>)', '"', "'", '{',
    '%', 'null', 'true', '\n\n\n', 'a\n\n\nb', '    code', 'line  \nbreak', '`a`', '_a_', '__b__', '\ufb01',
    '\xad', '\u200b',
)  # fmt: skip
short = st.one_of(st.text(max_size=12), st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map("".join))
long = st.one_of(short, st.lists(short, max_size=5).map("\n".join))
named = short.filter(bool)
maybe = st.one_of(st.just(""), short)
few = {"max_size": 2}


def person() -> st.SearchStrategy[ReadPerson]:
    whole = st.tuples(maybe, maybe).filter(any)
    return st.builds(
        lambda names, affiliation, role, guest, initials: ReadPerson(*names, affiliation, role, guest, initials),
        whole, maybe, maybe, st.booleans(), maybe,
    )  # fmt: skip


counts = st.builds(Counts, *[st.none() | st.integers(0, 9)] * 4)
names = st.builds(Names, *[st.lists(named, max_size=2).map(tuple)] * 4)
decision = st.builds(ReadDecision, long, maybe, maybe, counts, names, maybe, maybe)
days = st.none() | st.dates()
records = st.builds(
    MinutesRecord,
    title=maybe,
    group=maybe,
    status=maybe,
    date=days,
    until=days,
    starts=st.none() | st.times(),
    ends=st.none() | st.times(),
    zone=maybe,
    present=st.lists(person(), **few).map(tuple),
    regrets=st.lists(person(), **few).map(tuple),
    unnamed=st.integers(0, 9),
    stated_count=st.none() | st.integers(0, 9),
    moderator=maybe,
    scribe=maybe,
    texts=st.lists(st.builds(OpeningText, short, long), **few).map(tuple),
    items=st.lists(
        st.builds(ReadItem, short, st.none() | st.integers(0, 90), maybe, maybe, long), **few
    ).map(tuple),
    decisions=st.lists(decision, **few).map(tuple),
    actions=st.lists(st.builds(ReadAction, short, maybe, days, st.booleans()), **few).map(tuple),
    links=st.lists(st.builds(ReadLink, short, short), **few).map(tuple),
    approved=maybe,
)  # fmt: skip
resolutions = st.builds(
    Resolution,
    number=st.none() | st.integers(0, 999),
    year=st.none() | st.integers(1990, 2090),
    title=maybe,
    text=long,
    status=maybe,
    way=maybe,
    outcome=maybe,
    decided=days,
    counts=counts,
    names=names,
    moved_by=maybe,
    seconded_by=maybe,
)
