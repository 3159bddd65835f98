"""Every change of people's records."""

from folkmoot.people.actions.absences import end_absence, forget_absences, say_away
from folkmoot.people.actions.adding import add_person, clean_email, person_for
from folkmoot.people.actions.erasing import erase_person
from folkmoot.people.actions.handing_out import hand_out_data
from folkmoot.people.actions.hours import state_comfortable_hours
from folkmoot.people.actions.links import (
    SIGN_IN_LINK_LASTS,
    give_sign_in_link,
    make_sign_in_link,
    person_of_link,
    use_sign_in_link,
)
from folkmoot.people.actions.merging import merge_people, settle_merges, undo_merge
from folkmoot.people.actions.preferences import change_preferences
from folkmoot.people.actions.profiles import change_profile
from folkmoot.people.actions.standing import name_steward, restore_person, suspend_person, unname_steward
from folkmoot.people.actions.uploads import remove_upload, sweep_files, take_in

__all__ = [
    "SIGN_IN_LINK_LASTS",
    "add_person",
    "change_preferences",
    "change_profile",
    "clean_email",
    "end_absence",
    "erase_person",
    "forget_absences",
    "give_sign_in_link",
    "hand_out_data",
    "make_sign_in_link",
    "merge_people",
    "name_steward",
    "person_for",
    "person_of_link",
    "remove_upload",
    "restore_person",
    "say_away",
    "settle_merges",
    "state_comfortable_hours",
    "suspend_person",
    "sweep_files",
    "take_in",
    "undo_merge",
    "unname_steward",
    "use_sign_in_link",
]
