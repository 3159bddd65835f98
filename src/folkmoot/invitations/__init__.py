"""Invitations to calls by mail, as calendars understand them, and the answers that come back.

Whoever wishes it gets the calls of a group as iTIP requests, changes and cancellations, under one UID for each call;
people from outside are invited to single calls. Answers come from calendars, from a link in the mail, and from pages.
"""
