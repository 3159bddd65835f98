"""Pages of polls; private to the room."""
