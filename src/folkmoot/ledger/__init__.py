"""The ledger: what happened, who did it, about whom, on what, within which group, and when.

It is the only place where history is kept, and the way up through the house: a room below records a fact,
a room above reacts to it. Entries are never changed or deleted (database triggers see to that); words about
a person stand beside them and can be erased. It also starts what the schedule asks for.
"""
