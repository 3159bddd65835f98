"""Folkmoot: the self-hosted home of a community's working groups, run from their charters."""

__version__ = "0.1.0"
