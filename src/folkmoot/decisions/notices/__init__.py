"""What decisions tell people."""
