"""People, what they say of themselves, and records that turned out to be one person's."""

from folkmoot.people.models.merging import MergeRecord
from folkmoot.people.models.people import Clock, HeldSignUp, Person, PersonManager, SignInLink, Standing, Theme
from folkmoot.people.models.profiles import Affiliation, Profile, Seen

__all__ = [
    "Affiliation",
    "Clock",
    "HeldSignUp",
    "MergeRecord",
    "Person",
    "PersonManager",
    "Profile",
    "Seen",
    "SignInLink",
    "Standing",
    "Theme",
]
