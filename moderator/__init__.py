"""Moderator: runs an interactive dialogue."""
