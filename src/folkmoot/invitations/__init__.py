"""Invitations to calls by mail, as calendars understand them, and the answers that come back."""
