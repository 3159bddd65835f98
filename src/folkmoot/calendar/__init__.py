"""Calendar: everything that has a time, and every feed that tells calendars of it.

Rooms above hand over what they have planned with `actions.publish` and never write a feed themselves. An item
keeps its wall time and zone, and the text of its iCalendar component as it was rendered when it last changed;
a feed puts these texts together. The public calendar page shows the same items in the reader's zone.
"""
