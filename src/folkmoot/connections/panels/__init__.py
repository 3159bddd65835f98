"""What this room shows on pages of other rooms."""
