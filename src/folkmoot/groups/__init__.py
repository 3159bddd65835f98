"""Working groups: the charter each is run from, in versions; its roles, and who takes part in which of them.

`domain/` reads charters and is pure. Rooms above ask for the terms of the charter in force and react to its
adoption; they put their own tabs and panels on a group's page.
"""
