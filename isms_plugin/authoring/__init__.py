"""Commands that write into an ISMS: atomically, and nothing when anything is wrong."""
