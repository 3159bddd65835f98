"""A call while it runs: the item that is talked about, who wants to speak, notes written by several people at once."""
