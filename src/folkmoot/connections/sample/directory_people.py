"""What the people of the sample community care about, can help with and want to learn, and who sees what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NEAR, HERE = "groups", "signed_in"
ALL_HERE = {"cares": HERE, "helps": HERE, "learns": HERE, "groups": HERE}
OPEN = ALL_HERE | {"languages": HERE, "region": HERE, "zone": HERE, "about": HERE, "hours": HERE}
NEARBY = dict.fromkeys(OPEN, NEAR)
HELPS_ALONE = {"helps": HERE, "groups": NEAR}
HIDDEN: dict[str, str] = {}


@dataclass(frozen=True)
class Said:
    """Words of each sort, with commas between them; in whose sight; and by whose clock calls suit, if they said it."""

    cares: str = ""
    helps: str = ""
    learns: str = ""
    seen: Mapping[str, str] = field(default_factory=lambda: ALL_HERE)
    hours: tuple[int, int] | None = None


SAID: Mapping[str, Said] = {
    "adaeze": Said("mentoring, welcoming newcomers, charters", "facilitation, mentoring, conflict", "podcasts", OPEN),
    "jonas": Said("maps, public transport, open data", "time zones, maps, Python", "facilitation", OPEN, (8, 18)),
    "tomas": Said(
        "translation, accessibility, welcoming newcomers",
        "translation, plain language, proofreading",
        "podcasts, budgets, maps",
        OPEN,
        (9, 19),
    ),
    "rosa": Said("community radio, translation", "podcasts, sound editing", "grant writing", OPEN, (9, 20)),
    "lina": Said("libraries, reading aloud, welcoming newcomers", "facilitation, cataloguing", "accessibility", OPEN),
    "priya": Said("open data, mentoring", "statistics, Python, charts", "public speaking", ALL_HERE),
    "mateo": Said("welcoming newcomers, gardens", "taking notes", "facilitation, Python", NEARBY, (8, 17)),
    "yuki": Said("accessibility, games", "accessibility, illustration", "plain language", OPEN),
    "ewan": Said("plain text, libraries", "Markdown, plain language, e-mail", "illustration", OPEN),
    "salma": Said("translation, women in technology", "budgets, grant writing", "facilitation", OPEN, (10, 20)),
    "keoni": Said("languages of islands, maps", "oral history", "sound editing, Python", OPEN),
    "binita": Said("mentoring, gardens", "public speaking, conflict", "budgets", ALL_HERE, (9, 19)),
    "ravi": Said("open data", "databases, Python", "mentoring", ALL_HERE, (9, 22)),
    "greta": Said("libraries, copyright", "copyright, licences", "podcasts", HELPS_ALONE),
    "amos": Said("repair, community radio", "repair, soldering", "video", ALL_HERE),
    "noor": Said("poetry, translation", "translation, Arabic typography", "illustration", OPEN),
    "dana": Said("accessibility, captions", "captions, French", "facilitation", ALL_HERE, (9, 17)),
    "pim": Said("games", "board games, hosting evenings", "", HELPS_ALONE),
    "wren": Said("self-hosting, privacy", "servers, backups, security", "public speaking", OPEN, (8, 18)),
    "isolde": Said("libraries, sheep", "cataloguing, taking notes", "maps", ALL_HERE),
    "temperance": Said("elections, fairness", "charters, bylaws, minutes", "open data", ALL_HERE, (8, 18)),
    "itziar": Said("small languages, translation", "translation, subtitles", "fundraising", ALL_HERE, (9, 18)),
    "oyelaran": Said("mentoring, schools", "teaching, Python", "conflict", ALL_HERE),
    "minh": Said("writing, tea", "", "writing invitations, English", ALL_HERE),
    "sorcha": Said("small languages, folk music", "Irish, sound editing", "databases", ALL_HERE, (9, 18)),
    "dilnoza": Said("women in technology, cooking", "design, illustration", "budgets", ALL_HERE),
    "hemi": Said("oral history, gardens", "video, interviewing", "archives", ALL_HERE),
    "katarzyna": Said("archives, trains", "archives, scanning", "Python", ALL_HERE, (8, 17)),
    "abebe": Said("mentoring, open data", "grant writing, budgets", "charts", ALL_HERE, (8, 18)),
    "shirin": Said("poetry, privacy", "encryption", "captions", NEARBY),
    "makoto": Said("accessibility, paper", "screen readers, testing", "English", ALL_HERE, (10, 21)),
    "lourdes": Said("weaving, small languages", "Aymara, community radio", "podcasts", ALL_HERE),
    "tuuli": Said("libraries, saunas", "facilitation, workshops", "illustration", ALL_HERE, (8, 17)),
    "zoran": Said("chess, archives", "typesetting", "video", NEARBY),
    "aroha": Said("oral history, welcoming newcomers", "hosting evenings, conflict", "archives", ALL_HERE),
    "thandeka": Said("makers, women in technology", "soldering, workshops", "fundraising", ALL_HERE, (8, 18)),
    "eun": Said("typography, games", "typography, design", "public speaking", ALL_HERE),
    "ines": Said("copyright, translation", "law, licences", "facilitation", ALL_HERE, (9, 18)),
    "farrukh": Said("cricket, open data", "databases, charts", "mentoring", ALL_HERE),
    "naalak": Said("small languages, satellites", "low bandwidth, radio", "translation", ALL_HERE),
    "despina": Said("theatre, accessibility", "public speaking, voice", "captions", ALL_HERE, (10, 20)),
    "bolor": Said("horses, maps", "maps, drones", "English", ALL_HERE),
    "ximena": Said("cooking, small languages", "cooking for many, Spanish", "grant writing", ALL_HERE, (9, 19)),
    "kofi": Said("elections, community radio", "counting votes, radio", "statistics", ALL_HERE, (8, 19)),
    "liv": Said("skiing, privacy", "security, testing", "welcoming newcomers", HELPS_ALONE),
    "sunniva": Said("choirs, libraries", "", "oral history", NEARBY),
    "anahit": Said("mathematics, chess", "statistics, teaching", "design", ALL_HERE),
    "pavan": Said("cinema, captions", "video, subtitles", "sound editing", ALL_HERE),
    "leilani": Said("languages of islands, gardens", "teaching, hosting evenings", "archives", ALL_HERE),
    "margaux": Said("comics, libraries", "illustration, French", "Markdown", ALL_HERE, (9, 18)),
    "yohannes": Said("", "proofreading", "", HIDDEN),
    "tamar": Said("archives, privacy", "encryption, law", "", HIDDEN),
    "rashida": Said("schools, women in technology", "teaching, Bengali", "budgets", ALL_HERE),
    "joaquim": Said("football, translation", "translation, hosting evenings", "grant writing", NEARBY),
    "wiremu": Said("boats", "repair", "", HELPS_ALONE),
    "oksana": Said("books, welcoming newcomers", "proofreading, conflict", "public speaking", NEARBY),
    "beatriu": Said("small languages, theatre", "voice, subtitles", "podcasts", ALL_HERE),
    "ollie": Said("sunflowers, games", "board games, e-mail", "gardens", ALL_HERE, (9, 17)),
    "siti": Said("food, fairness", "bookkeeping, budgets", "charters", ALL_HERE),
    "graeme": Said("trains, plain text", "timetables, e-mail", "", HELPS_ALONE),
}
"""By the short name of the sample's people. `HIDDEN` are in no directory; what they said is used elsewhere."""

WISHES = (
    (
        "keoni",
        "tomas",
        3,
        "open",
        "I collect recordings of island languages, and would love an eye on the translations.",
    ),
    (
        "tomas",
        "rosa",
        5,
        "open",
        "I would like to try a podcast about our library hour. How did you begin?",
    ),
    ("tomas", "jonas", 70, "introduced", "You drew the map of our calls; I would like to learn how."),
    ("mateo", "adaeze", 120, "introduced", "I am new, and heard that you are the one to ask."),
    ("salma", "binita", 30, "not_now", "May we talk about last year’s budget?"),
)
"""Who asked whom, how many days ago, what became of it, and why."""
