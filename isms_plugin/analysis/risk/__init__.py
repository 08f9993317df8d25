"""Risks: their assessment, treatment and acceptance (clauses 6.1.2, 6.1.3, 8.2 and 8.3)."""
