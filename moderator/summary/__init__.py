"""What is made of the log: the record of what happened, and the first draft of the Summary."""
