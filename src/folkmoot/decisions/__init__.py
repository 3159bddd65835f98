"""What groups decide: one record for each decision, and the ways to reach it: on a call, by silence, by a motion."""
