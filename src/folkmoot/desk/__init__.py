"""The signed-in home, what stewards look after, and history: entrances that show what the rooms below hold."""
