"""How people of a community find each other: so far, how they are paired for chats.

`domain` is pure: no accounts, no database, no clock. `domain/matching` decides the rounds of a programme.
"""
