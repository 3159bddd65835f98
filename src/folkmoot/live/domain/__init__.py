"""Pure rules of a running call: in which order people speak, and how its time runs out."""
