"""Finding a time together: availability polls, answered without an account, and what comes of them.

A poll belongs to a group and asks for the free hours of a week, or of named days. Whoever may answer marks hours as
free or as possible if need be, by the clock of their own zone; the room tells which times suit most, and lets those who
lead the group make a series or a call of one. `availability.domain` lays hours out and finds times, and is pure.
"""
