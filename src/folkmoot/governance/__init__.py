"""How a community elects: so far, how ballots are counted.

`domain/counting` reads files of ballots, counts them by a rule that is written down, and gives a record from which
anybody can check the count. It is pure: no accounts, no database, no clock.
"""
