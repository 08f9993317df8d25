"""What a change touches: the entries beside it, links and acknowledgements that go stale, approvals that it needs."""
