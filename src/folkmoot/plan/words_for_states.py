"""States in words, and what each stage of an initiative asks for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from folkmoot.plan.domain.lifecycle import Stage
from folkmoot.plan.models import ActivityState

STAGE_TONES = {
    Stage.PROPOSED: "dusk",
    Stage.SANDBOX: "gold",
    Stage.INCUBATING: "lake",
    Stage.GRADUATED: "moss",
    Stage.ARCHIVED: "",
}
ACTIVITY_TONES = {
    ActivityState.NOT_BEGUN: "dusk",
    ActivityState.UNDER_WAY: "lake",
    ActivityState.DONE: "moss",
    ActivityState.DROPPED: "rose",
}


def stage_words(stage: str) -> str:
    """A stage as it stands in a sentence."""
    return {
        Stage.PROPOSED: _("proposed"),
        Stage.SANDBOX: _("sandbox"),
        Stage.INCUBATING: _("incubating"),
        Stage.GRADUATED: _("graduated"),
        Stage.ARCHIVED: _("archived"),
    }[Stage(stage)]


def stage_asks(stage: str) -> str:
    """What a stage asks for, in a sentence."""
    return {
        Stage.PROPOSED: _("An idea in a few words. It waits for a manager to accept it."),
        Stage.SANDBOX: _("Somebody leads it and tries it out, small. It may fail without harm."),
        Stage.INCUBATING: _("It has shown that it helps. It has a plan, people who help, and says how it goes."),
        Stage.GRADUATED: _("It works and lasts: others than its founders can run it, and it is written down how."),
        Stage.ARCHIVED: _("It is over, and its page stays for whoever asks what became of it."),
    }[Stage(stage)]


def move_words(was: str, now: str) -> str:
    """What a step is called on a button."""
    if was == Stage.PROPOSED:
        return _("Accept it into the sandbox") if now == Stage.SANDBOX else _("Decline it")
    if was == Stage.ARCHIVED:
        return _("Take it up again")
    return {
        Stage.SANDBOX: _("Back to the sandbox"),
        Stage.INCUBATING: _("Back to incubating") if was == Stage.GRADUATED else _("On to incubating"),
        Stage.GRADUATED: _("Let it graduate"),
        Stage.ARCHIVED: _("Archive it"),
    }[Stage(now)]


def activity_state_words(state: str) -> str:
    """The state of an activity as it stands in a sentence."""
    return str(ActivityState(state).label)
