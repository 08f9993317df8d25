"""Evidence: what it is worth on a day, and for which periods there is some (clause 8.1)."""
