"""Every change of initiatives, goals, the year's activities, registers and reports."""
