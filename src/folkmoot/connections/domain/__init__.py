"""Pure rules of meeting and helping each other."""
