"""The one organisation whose groups live here: its name, its zone, and whether it is only a sample."""
