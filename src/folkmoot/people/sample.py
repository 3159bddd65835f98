"""The people of the sample community: invented, in thirteen zones."""

from __future__ import annotations

from folkmoot.ledger.actors import Actor
from folkmoot.people.actions import add_person, name_steward
from folkmoot.people.models import HeldSignUp, Person
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
)
STEWARD = "wren"
WAITING = ("Ottoline Vance", "ottoline@trashmail.example")


def add_people(*, by: Actor) -> dict[str, Person]:
    """All people by their short name; one of them is the steward. Somebody who waits for her is not among them."""
    people = {
        short: add_person(name=name, email=f"{short}@example.org", zone=zone, by=by) for short, name, zone in PEOPLE
    }
    name_steward(people[STEWARD], by=by)
    name, email = WAITING
    hold(add_person(name=name, email=email, by=by), HeldSignUp.Reason.MAIL_DOMAIN)
    return people
