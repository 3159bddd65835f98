"""Pages of calls that run."""
