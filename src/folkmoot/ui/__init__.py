"""How every page looks and speaks: styles, base templates, components as template tags, slots that rooms fill.

Owns no data. Templates stand in `templates/`, tags in `tags/` (gathered by `templatetags/ui.py`), styles and
scripts in `frontend/` (bundled by `npm run build`). docs/ui.md is its reference; /ui/components/ shows all of it.
"""
