"""The components as template tags, by subject; `templatetags/ui.py` gathers them for templates."""
