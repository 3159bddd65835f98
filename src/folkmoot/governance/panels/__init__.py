"""What this room shows on pages of other rooms, and the sections of an election's page."""
