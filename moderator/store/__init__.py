"""What is on disk: the log of each dialogue, and the plain tables beside it."""
