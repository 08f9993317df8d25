"""The statement of applicability (clause 6.1.3 d)."""
