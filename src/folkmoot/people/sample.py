"""The people of the sample community: invented, sixty of them, all round the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from django.utils import timezone

from folkmoot.ledger.actors import Actor
from folkmoot.people.actions import add_person, change_profile, name_steward, state_comfortable_hours
from folkmoot.people.actions.hours import StatedHours
from folkmoot.people.actions.profiles import Affiliated, ProfileWords
from folkmoot.people.models import HeldSignUp, Person, Seen
from folkmoot.people.profile_words import Link
from folkmoot.people.waiting import hold

PEOPLE = (
    ("adaeze", "Adaeze Okonjo", "Africa/Lagos"),
    ("jonas", "Jonas Mäkelä", "Europe/Helsinki"),
    ("tomas", "Tomás Queiroz", "Europe/Lisbon"),
    ("rosa", "Rosa Salgado", "America/Sao_Paulo"),
    ("lina", "Lina Nordqvist", "Europe/Berlin"),
    ("priya", "Priya Bhandari", "Asia/Kolkata"),
    ("mateo", "Mateo Villaverde", "America/Los_Angeles"),
    ("yuki", "Yuki Hanamura", "Asia/Tokyo"),
    ("ewan", "Ewan Carrick", "America/New_York"),
    ("salma", "Salma Darwazeh", "Africa/Cairo"),
    ("keoni", "Keoni Wahinemoa", "Pacific/Auckland"),
    ("binita", "Binita Thapaliya", "Asia/Kathmandu"),
    ("ravi", "Ravi Senanayaka", "Asia/Kolkata"),
    ("greta", "Greta Lindqvist-Holm", "Europe/Berlin"),
    ("amos", "Amos Wekesa-Barasa", "Africa/Nairobi"),
    ("noor", "نور الحدّاد", "Africa/Cairo"),
    ("dana", "Dana Moreau-Tremblay", "America/New_York"),
    ("pim", "Pim", "Europe/Lisbon"),
    ("wren", "Wren Ashdown", "America/Los_Angeles"),
    ("isolde", "Isolde Brannigan", "Pacific/Auckland"),
    ("temperance", "Temperance Holloway-Reed", "America/Chicago"),
    ("itziar", "Itziar Goikoetxea Larrun", "Europe/Madrid"),
    ("oyelaran", "Oyelaran Adewunmi-Falade", "Africa/Lagos"),
    ("minh", "Đặng Minh Khuê Lam", "Asia/Ho_Chi_Minh"),
    ("sorcha", "Sorcha Ní Mhaolagáin", "Europe/Dublin"),
    ("dilnoza", "Dilnoza Yusuphodjaeva", "Asia/Tashkent"),
    ("hemi", "Hemi Ruatapu-Waaka", "Pacific/Auckland"),
    ("katarzyna", "Katarzyna Wrzesińska-Łoś", "Europe/Warsaw"),
    ("abebe", "Abebe Tilahun Wolde", "Africa/Addis_Ababa"),
    ("shirin", "شیرین نوذری‌پور", "Asia/Tehran"),
    ("makoto", "水無瀬 真琴", "Asia/Tokyo"),
    ("lourdes", "Lourdes Catacora Mamani", "America/La_Paz"),
    ("tuuli", "Tuuli Harjuvaara", "Europe/Helsinki"),
    ("zoran", "Зоран Вукоманић", "Europe/Belgrade"),
    ("aroha", "Aroha Te Kowhai", "Pacific/Auckland"),
    ("thandeka", "Thandeka Mabizela-Nxumalo", "Africa/Johannesburg"),
    ("eun", "하은설", "Asia/Seoul"),
    ("ines", "Inês Vasconcelhos Pombal", "Europe/Lisbon"),
    ("farrukh", "Farrukh Aziz Bukharwala", "Asia/Karachi"),
    ("naalak", "Naalak Ittukallak", "America/Iqaluit"),
    ("despina", "Δέσποινα Καλλιγέρου", "Europe/Athens"),
    ("bolor", "Болормаа Цэндсүрэн", "Asia/Ulaanbaatar"),
    ("ximena", "Ximena Tlapale Ocotlán", "America/Mexico_City"),
    ("kofi", "Kofi Ansah-Brempong", "Africa/Accra"),
    ("liv", "Liv Øverhaug", "Europe/Oslo"),
    ("sunniva", "Sunniva Maria Brekkestrand", "Europe/Oslo"),
    ("anahit", "Անահիտ Վարդապետյան", "Asia/Yerevan"),
    ("pavan", "పవన్ కొల్లేటి", "Asia/Kolkata"),
    ("leilani", "Leilani Kahananui", "Pacific/Honolulu"),
    ("margaux", "Margaux Delestrange", "Europe/Paris"),
    ("yohannes", "Yohannes G.", "Africa/Addis_Ababa"),
    ("tamar", "תמר אשכנזי־גל", "Asia/Jerusalem"),
    ("rashida", "Rashida Begum Chowdhuryani", "Asia/Dhaka"),
    ("joaquim", "Joaquim Quissanga", "Africa/Luanda"),
    ("wiremu", "Wiremu", "Pacific/Chatham"),
    ("oksana", "Оксана Дивогора", "Europe/Kyiv"),
    ("beatriu", "Beatriu Puigvert i Sala", "Europe/Madrid"),
    ("ollie", "Ollie 🌻 Fernsby", "Europe/London"),
    ("siti", "Siti Rahmawati Lestariningsih", "Asia/Jakarta"),
    ("graeme", "Graeme Dunnachie", "Australia/Adelaide"),
)
STEWARD = "wren"
HOURS = {"adaeze": (7, 21), "keoni": (6, 19), "priya": (10, 23), "ewan": (8, 17), "yuki": (9, 23)}
WAITING = ("Ottoline Vance", "ottoline@trashmail.example")


OPEN, HERE, NEAR = Seen.EVERYONE, Seen.SIGNED_IN, Seen.GROUPS


@dataclass(frozen=True)
class Told:
    """What somebody tells about themselves; `shown` names the parts that others see, by level."""

    pronouns: str = ""
    said: str = ""
    languages: str = ""
    region: str = ""
    about: str = ""
    link: tuple[str, str] | None = None
    works_for: str | None = None
    years: int = 2
    shown: Mapping[str, str] = field(default_factory=dict)


PROFILES = {
    "adaeze": Told(
        "she/her",
        "ah-DAH-eh-zeh",
        "en ig yo",
        "NG",
        "I run the Friday repair table and keep our charter honest. Ask me about mentoring.",
        ("https://adaeze.example.org/", "My notebook"),
        "Harmattan Software Cooperative",
        4,
        dict.fromkeys(("pronouns", "pronunciation", "languages", "region", "about", "links"), OPEN)
        | {"affiliations": HERE, "zone": NEAR},
    ),
    "jonas": Told(
        "he/him",
        "YOH-nahs",
        "fi sv en",
        "FI",
        "Timetables, maps, and why clocks change.",
        None,
        "",
        6,
        {"pronouns": OPEN, "languages": OPEN, "about": OPEN, "affiliations": OPEN, "zone": HERE, "region": NEAR},
    ),
    "tomas": Told(
        "he/him",
        "",
        "pt-PT es en",
        "PT",
        "Translator by day.",
        None,
        "Casa das Palavras",
        1,
        {"languages": OPEN, "about": HERE, "affiliations": NEAR, "zone": NEAR},
    ),
    "rosa": Told(
        "ela/dela", "HO-za", "pt-BR en", "005", shown={"pronouns": HERE, "pronunciation": HERE, "region": HERE}
    ),
    "lina": Told(
        "she/they",
        "",
        "sv de en",
        "150",
        "I lead the library group’s Monday hour.",
        None,
        "",
        3,
        {"pronouns": OPEN, "languages": HERE, "about": OPEN, "affiliations": HERE},
    ),
    "priya": Told(
        "she/her",
        "PREE-yah",
        "hi en",
        "IN",
        works_for="Two Rivers Data",
        shown={"pronunciation": OPEN, "affiliations": NEAR},
    ),
    "mateo": Told("", "", "es en", "US", "New here; glad to take notes.", shown={"about": NEAR, "languages": NEAR}),
    "yuki": Told("they/them", "YOO-kee", "ja en", "JP", shown={"pronouns": NEAR, "languages": NEAR, "zone": NEAR}),
    "ewan": Told(
        "he/him",
        "",
        "en-GB gd",
        "",
        "Plain-text person.",
        ("mailto:ewan@post.example.org", "Write to me"),
        shown={"links": HERE, "about": HERE},
    ),
    "salma": Told(
        "she/her",
        "",
        "ar en fr",
        "015",
        works_for="Nile Delta Open Lab",
        shown={"affiliations": HERE, "languages": OPEN},
    ),
    "keoni": Told("", "keh-OH-nee", "haw en", "061", shown={"pronunciation": NEAR}),
    "binita": Told("she/her", "", "ne hi en", "NP", shown={"languages": NEAR, "region": NEAR}),
    "noor": Told(
        "", "noor al-had-DAAD", "ar en", "", "أكتب قليلاً وأقرأ كثيراً.", shown={"pronunciation": OPEN, "about": OPEN}
    ),
    "greta": Told("", "", "de da en", "DE", works_for="Fjordstadt City Library", years=9, shown={"affiliations": OPEN}),
    "wren": Told(
        "they/them",
        "",
        "en",
        "",
        "I keep this installation running. Something broken? Tell me.",
        None,
        "",
        2,
        {"pronouns": OPEN, "about": OPEN, "affiliations": OPEN, "zone": HERE},
    ),
    "itziar": Told("hura", "it-see-AR", "eu es fr", "ES", shown={"languages": HERE, "pronunciation": HERE}),
    "minh": Told("", "", "vi en", "035", "Đang học cách viết lời mời.", shown={"about": HERE}),
    "sorcha": Told("she/her", "SUR-uh-kha", "ga en", "IE", shown={"pronunciation": HERE, "languages": HERE}),
    "shirin": Told("", "", "fa en", "", shown={"languages": HERE}),
    "makoto": Told("", "Minase Makoto, family name first", "ja", "JP", shown={"pronunciation": HERE}),
    "thandeka": Told(
        "she/her", "tan-DEH-kah", "zu xh en", "018", works_for="Umthombo Makers", shown={"affiliations": HERE}
    ),
    "despina": Told("", "DEHS-pee-nah", "el en", "GR", shown={"languages": HERE}),
    "naalak": Told(
        "", "", "iu en", "", "North of most of you; patient with bandwidth.", shown={"about": HERE, "zone": HERE}
    ),
    "oksana": Told("вона", "", "uk pl en", "", works_for="", years=5, shown={"languages": HERE}),
    "ollie": Told("any", "", "en cy", "GB", shown={"pronouns": HERE}),
    "siti": Told("she/her", "", "id jv en", "ID", shown={}),
}


def add_people(*, by: Actor) -> dict[str, Person]:
    """All people by their short name; one of them is the steward. Somebody who waits for her is not among them."""
    people = {
        short: add_person(name=name, email=f"{short}@example.org", zone=zone, by=by) for short, name, zone in PEOPLE
    }
    name_steward(people[STEWARD], by=by)
    name, email = WAITING
    hold(add_person(name=name, email=email, by=by), HeldSignUp.Reason.MAIL_DOMAIN)
    for short, told in PROFILES.items():
        tell_about(people[short], told, by=by)
    for short, (begins, ends) in HOURS.items():
        state_comfortable_hours(people[short], StatedHours((time(begins), time(ends))), by=by)
    return people


def tell_about(person: Person, told: Told, *, by: Actor) -> None:
    """Fill a profile; an affiliation began some years ago today."""
    today = timezone.localdate()
    began = today.replace(year=today.year - told.years, day=1)
    change_profile(
        person,
        ProfileWords(
            name=person.name,
            zone=person.zone,
            pronouns=told.pronouns,
            pronunciation=told.said,
            languages=tuple(told.languages.split()),
            region=told.region,
            about=told.about,
            links=(Link(*told.link),) if told.link else (),
            affiliations=() if told.works_for is None else (Affiliated(told.works_for, began),),
            seen=dict(told.shown),
        ),
        by=by,
    )
