"""Documents and the statement of applicability as PDF."""

from isms_plugin.export.pdf.engine import pdf_reason
from isms_plugin.export.pdf.files import pdf_files

__all__ = ["pdf_files", "pdf_reason"]
