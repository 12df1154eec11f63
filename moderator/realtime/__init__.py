"""Views on their way down: who listens, what they are sent, and the bell that rings deadlines."""
