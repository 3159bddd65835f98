"""Meetings: the series that a group's charter asks for, each meeting of it, and those called besides.

A series has slots: a rule, a wall time and a zone. Its meetings are made a few months ahead, so that one of
them can be moved or cancelled without touching the rest. What is planned is published to `calendar`.
"""
