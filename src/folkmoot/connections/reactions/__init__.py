"""What this room does when a room below tells a fact; loading the modules enters them."""
