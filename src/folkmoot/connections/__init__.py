"""How people of a community find each other: so far, chats, requests for help and whom to ask.

`domain` is pure: no accounts, no database, no clock. `domain/matching` decides the rounds of a programme,
`domain/clocks` runs the clocks of requests by the hours of `domain/opening`, and `domain/routing`
says whom to ask; `domain/office_hours` makes slots that can be booked.
"""
