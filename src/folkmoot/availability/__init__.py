"""Finding a time together: availability polls, answered without an account, and what comes of them."""
