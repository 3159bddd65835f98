"""What this room tells in the ledger."""
