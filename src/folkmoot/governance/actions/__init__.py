"""Every change of this room, one module per part."""
