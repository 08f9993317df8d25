"""Documentation-as-code for ISO/IEC 27001: an ISMS in git becomes a site that proves itself."""

__version__ = "0.1.0"
