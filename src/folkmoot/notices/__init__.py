"""Messages to people. So far the outbox: mails are written in their sender's transaction and sent by the worker."""
