"""Ballots that nobody can read but k of n officers together: `sharing` splits secrets, `envelopes` seals. Pure.

The browser does the same with the same bytes; what is written here judges it, seals for whoever has no scripts, and
opens published envelopes from the command line.
"""
