"""Documents: their control, the approvals of their texts, and who has read them (clauses 7.3 and 7.5)."""
