"""Management review: its inputs as of a day, and its minutes (clause 9.3)."""
