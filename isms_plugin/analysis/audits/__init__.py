"""Internal audits: programme, independence, samples (clause 9.2)."""
