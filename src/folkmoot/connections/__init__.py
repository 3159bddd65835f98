"""How people of a community find each other: so far, chats, help, office hours and mentors.

`domain` is pure: no accounts, no database, no clock. `domain/matching` decides the rounds of a programme,
`domain/clocks` runs the clocks of requests by the hours of `domain/opening`, `domain/routing` says whom to ask,
`domain/office_hours` makes slots that can be booked, and `domain/mentoring` suggests mentors.
"""
