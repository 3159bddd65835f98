"""What people are told, by which way and when; mails out and in.

A notice is worded once per person (`Telling`), goes by the channels that they chose (`Delivery`), at once, in a digest
or after quiet hours. Mails are written as letters in their sender's transaction and handed over by the worker. What
comes back pauses an address; what people answer goes to the room that waits for it.
"""
