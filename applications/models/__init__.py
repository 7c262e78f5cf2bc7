"""Applications, what was submitted, the documents sent with them, and the offers made."""

from applications.models.application import Application, ApplicationQuerySet, Submission
from applications.models.document import Document
from applications.models.offer import Offer, OfferQuerySet

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Document",
    "Offer",
    "OfferQuerySet",
    "Submission",
]
