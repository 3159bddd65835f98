"""What is to happen around the sign-in library's own doings; the only Django signals that the room listens to."""

from __future__ import annotations

from allauth.account.signals import email_confirmed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out

from folkmoot.people.sessions import begin, end_others, forget_device
from folkmoot.people.sign_in import drop_unproved_password


def connect() -> None:
    """Listen."""
    user_logged_in.connect(begin, dispatch_uid="folkmoot.session_begins")
    user_logged_out.connect(forget_device, dispatch_uid="folkmoot.session_ends")
    for changed in (authenticator_added, authenticator_removed, authenticator_reset):
        changed.connect(end_others, dispatch_uid="folkmoot.second_step_changed")
    email_confirmed.connect(drop_unproved_password, dispatch_uid="folkmoot.address_proved")
