"""People, what they say of themselves, files they handed in, and records that turned out to be one person's."""

from folkmoot.people.models.absences import Absence
from folkmoot.people.models.hours import ComfortableHours
from folkmoot.people.models.merging import MergeRecord
from folkmoot.people.models.people import Clock, HeldSignUp, Person, PersonManager, SignInLink, Standing, Theme
from folkmoot.people.models.profiles import Affiliation, Profile, Seen
from folkmoot.people.models.uploads import Upload

__all__ = [
    "Absence",
    "Affiliation",
    "Clock",
    "ComfortableHours",
    "HeldSignUp",
    "MergeRecord",
    "Person",
    "PersonManager",
    "Profile",
    "Seen",
    "SignInLink",
    "Standing",
    "Theme",
    "Upload",
]
