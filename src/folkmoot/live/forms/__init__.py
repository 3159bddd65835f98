"""What is filled in on a call that runs."""
