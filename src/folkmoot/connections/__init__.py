"""How people of a community find each other: chats, mentors, office hours, help, thanks, circles.

`domain` is pure: no accounts, no database, no clock. `domain/matching` decides the rounds of a programme,
`domain/clocks` runs the clocks of requests by the hours of `domain/opening`, `domain/routing` says whom to ask,
`domain/office_hours` makes slots that can be booked, and `domain/mentoring` suggests mentors.

Each part (`chats`, `directory`, `helping`, …) has its module in `models`, `actions`, `views` and the others. What all
parts share: `models.interests` (what people care about), `models.apart` (who is never brought together), and `hub`, the
page on which the parts stand side by side.
"""
