"""Findings, nonconformities and what they mean for the certificate (clause 10.2)."""
