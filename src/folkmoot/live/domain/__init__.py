"""What is true of running calls without asking anybody: plain Python."""
