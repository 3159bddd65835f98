"""Pages about notices: one's own list and choices, stopping without signing in, mailing lists, the outbox."""
