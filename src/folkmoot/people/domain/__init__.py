"""What people needs to know without a database."""
