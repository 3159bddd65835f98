"""The hours of a poll, how they lie on somebody's clock, and which times suit most. Pure."""
