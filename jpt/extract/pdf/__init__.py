"""The text of PDFs, read in a process with limits: strangers made them, and no library ends with every one."""

from jpt.extract.pdf.page import MOST_BYTES, pdf_page

__all__ = ["MOST_BYTES", "pdf_page"]
