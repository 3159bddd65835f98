"""Reads that two places share."""
