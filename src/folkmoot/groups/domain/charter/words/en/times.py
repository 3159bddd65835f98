"""Days, times and how often, in English."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.words.vocabulary import Frequency, TimeWords, terms

WORDS: Final = TimeWords(
    weekdays={
        "monday": 0,
        "tuesday": 1,
        "wednesday": 2,
        "thursday": 3,
        "friday": 4,
        "saturday": 5,
        "sunday": 6,
        "mondays": 0,
        "tuesdays": 1,
        "wednesdays": 2,
        "thursdays": 3,
        "fridays": 4,
        "saturdays": 5,
        "sundays": 6,
    },
    short_weekdays={
        "mon": 0,
        "tue": 1,
        "tues": 1,
        "wed": 2,
        "weds": 2,
        "thu": 3,
        "thur": 3,
        "thurs": 3,
        "fri": 4,
        "sat": 5,
        "sun": 6,
    },
    months={
        "january": 1,
        "february": 2,
        "march": 3,
        "april": 4,
        "may": 5,
        "june": 6,
        "july": 7,
        "august": 8,
        "september": 9,
        "october": 10,
        "november": 11,
        "december": 12,
        "jan": 1,
        "feb": 2,
        "mar": 3,
        "apr": 4,
        "jun": 6,
        "jul": 7,
        "aug": 8,
        "sep": 9,
        "sept": 9,
        "oct": 10,
        "nov": 11,
        "dec": 12,
    },
    ordinals={
        "first": 1,
        "1st": 1,
        "second": 2,
        "2nd": 2,
        "third": 3,
        "3rd": 3,
        "fourth": 4,
        "4th": 4,
        "fifth": 5,
        "5th": 5,
        "last": -1,
        "final": -1,
    },
    frequencies=(
        (
            r"(?:twice|two times|2 times|2x) (?:a|per|each|every) week|twice[- ]weekly|semi-?weekly",
            Frequency("WEEKLY", 1, 2),
        ),
        (
            r"(?:twice|two times|2 times|2x) (?:a|per|each|every) month|twice[- ]monthly|semi-?monthly",
            Frequency("MONTHLY", 1, 2),
        ),
        (
            r"(?:twice|two times|2 times|2x) (?:a|per|each|every) year|twice[- ]yearly|"
            r"semi-?annual(?:ly)?|bi-?annual(?:ly)?|half-yearly|every six months|every 6 months|"
            r"every half[- ]year",
            Frequency("MONTHLY", 6),
        ),
        (r"every (?:four|4) months|three times (?:a|per) year", Frequency("MONTHLY", 4)),
        (r"bi-?monthly|every (?:two|2|other|second) months?", Frequency("MONTHLY", 2)),
        (
            r"quarterly|(?:once )?(?:every|each) quarter|once (?:a|per) quarter|every (?:three|3) months",
            Frequency("MONTHLY", 3),
        ),
        (
            r"bi[- ]?weekly|fortnightly|every fortnight|once a fortnight|(?:once )?every (?:two|2|"
            r"other|second|2nd) weeks?|(?:on )?alternat(?:e|ing) weeks|every 14 days",
            Frequency("WEEKLY", 2),
        ),
        (r"every (?:three|3|third|3rd) weeks?", Frequency("WEEKLY", 3)),
        (r"every (?:four|4|fourth|4th) weeks?", Frequency("WEEKLY", 4)),
        (r"every (?:six|6|sixth|6th) weeks?", Frequency("WEEKLY", 6)),
        (r"every (?:eight|8|eighth|8th) weeks?", Frequency("WEEKLY", 8)),
        (r"weekly|(?:every|each) week|once (?:a|per|each|every) week", Frequency("WEEKLY", 1)),
        (r"monthly|(?:every|each) month|once (?:a|per|each|every) month|per month", Frequency("MONTHLY", 1)),
        (r"(?:every|each) (?:weekday|work(?:ing)? ?day|business day)", Frequency("DAILY", 1, 5)),
        (r"daily|(?:every|each) day", Frequency("DAILY", 1)),
        (r"annually|yearly|once (?:a|per|each|every) year|(?:every|each) year|per year", Frequency("YEARLY", 1)),
    ),
    hint=r"week|month|fortnight|quarter|year|annual|dail|day|noon|midnight|mon\b|tue|wed|thu|fri\b|sat\b|sun\b",
    every_other=r"(?:on )?(?:every|each) other|(?:on )?alternat(?:e|ing)|every two weeks on",
    each=r"every|each",
    of_the_month=(
        r"(?:of|in) (?:the|each|every|a|any) (?:calendar )?month|(?:of )?(?:each|every) month|monthly|"
        r"of (?:the )?months|per month|a month"
    ),
    and_words=r",|and|&|, and|\+|plus",
    either=r"or|/|, or",
    through=r"to|through|until|-|–|thru",
    starting=(
        r"(?:starting|starts|start|beginning|begins|begin|commencing|commences|effective|kick(?:s|"
        r"ing)? off|kick-off|"
        r"(?:first|next) (?:meeting|call|session|one|sync)(?: (?:is|was|will be|takes place|"
        r"will take place|to be held|held|scheduled))?(?: held| planned| scheduled)?|next|from|since|as of|"
        r"start date|first date)"
        r"(?: (?:on|from|of|in|with|for|at))?(?: the)?:?"
    ),
    noon=r"(?:12 )?noon|midday",
    midnight=r"midnight",
    range_words=r"to|until|till|-|–|—",
    durations=(
        (r"(?:one and a half|1\.5|1 ?½|1 1/2)[- ]?(?:hours?|hrs?)|an hour and a half", 90),
        (r"half(?: an|[- ]a)?[- ]hours?|half-hourly|half-hour-long", 30),
        (r"three[- ]quarters of an hour", 45),
        (
            r"(?:an hour|hour)[- ]long|(?:for|lasts?|takes?|of) (?:about |up to |"
            r"approximately )?an hour|1h\b|one[- ]hour",
            60,
        ),
        (r"(?P<n>\d{1,3}|[a-z]{3,6}(?:-[a-z]{4})?)[- ]?(?:minutes?|mins?|min)\b", 0),
        (r"(?P<n>\d{1,2}|one|two|three|four)[- ]?(?:hours?|hrs?|hr)\b", -1),
    ),
    numbers={
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "ten": 10,
        "thirty": 30,
        "forty": 40,
        "forty-five": 45,
        "fifteen": 15,
        "twenty": 20,
        "fifty": 50,
        "sixty": 60,
        "ninety": 90,
        "five": 5,
    },
    all_times_in=(
        r"\b(?:all )?(?:meeting )?times?(?: (?:are|is|given|listed|shown|stated|below|above|here|"
        r"in this \w+)){1,4}(?: as)?(?: in)? (?P<zone>[A-Za-z][\w/+:() -]{1,40})"
    ),
    alternating=r"\b(?:alternat\w+|rotat\w+|varies|vary|either)\b",
    meeting_labels={
        "frequency": "cadence",
        "cadence": "cadence",
        "how often": "cadence",
        "recurrence": "cadence",
        "occurrence": "cadence",
        "interval": "cadence",
        "schedule": "cadence",
        "regularity": "cadence",
        "day": "day",
        "days": "day",
        "weekday": "day",
        "day of week": "day",
        "day of the week": "day",
        "meeting day": "day",
        "date": "day",
        "date and time": "time",
        "day and time": "time",
        "day/time": "time",
        "when": "time",
        "time": "time",
        "meeting time": "time",
        "meeting times": "time",
        "times": "time",
        "start time": "time",
        "hour": "time",
        "time slot": "time",
        "time (utc)": "time_utc",
        "utc": "time_utc",
        "time zone": "zone",
        "zone": "zone",
        "timezone": "zone",
        "tz": "zone",
        "duration": "duration",
        "length": "duration",
        "how long": "duration",
        "start date": "start",
        "starting": "start",
        "starts": "start",
        "start": "start",
        "first meeting": "start",
        "first call": "start",
        "beginning": "start",
        "from": "start",
    },
    zone_columns=frozenset(
        terms("""
        area, city, country, local time zone, location, offset, place, region, time zone, time zones, timezone,
        timezones, tz, where, your timezone, zone
    """)
    ),
    time_columns=frozenset(
        terms("""
        begin, begins, call time, hour, local time, meeting time, start, start time, starts, time, time of call,
        times, when
    """)
    ),
    quarters={
        "q1": "Q1",
        "q2": "Q2",
        "q3": "Q3",
        "q4": "Q4",
        "first quarter": "Q1",
        "second quarter": "Q2",
        "third quarter": "Q3",
        "fourth quarter": "Q4",
        "1st quarter": "Q1",
        "2nd quarter": "Q2",
        "3rd quarter": "Q3",
        "4th quarter": "Q4",
        "quarter 1": "Q1",
        "quarter 2": "Q2",
        "quarter 3": "Q3",
        "quarter 4": "Q4",
        "quarter one": "Q1",
        "quarter two": "Q2",
        "quarter three": "Q3",
        "quarter four": "Q4",
        "last quarter": "Q4",
    },
)
