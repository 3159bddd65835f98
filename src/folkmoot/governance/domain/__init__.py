"""Pure rules of elections."""
