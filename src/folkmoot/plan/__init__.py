"""What a group's charter promises, worked on: initiatives, goals, the year's activities, tasks and checklists."""
