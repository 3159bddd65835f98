"""What people fill in on plan's pages."""
