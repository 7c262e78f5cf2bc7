"""Files made of applications."""

from applications.exports.sent_copy import pdf_of_submission

__all__ = ["pdf_of_submission"]
