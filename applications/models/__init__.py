"""Applications, what was submitted, the documents sent with them, how they are reviewed, and the offers made."""

from applications.models.application import Application, ApplicationQuerySet, Submission
from applications.models.decision import Decision, DecisionQuerySet, Release, ReleaseQuerySet
from applications.models.document import Document
from applications.models.monitoring import MonitoringCount
from applications.models.offer import Offer, OfferQuerySet
from applications.models.reserve_list import ReserveList
from applications.models.reviewing import (
    ProposedReview,
    RankingMove,
    Review,
    ReviewCriterion,
    ReviewerInterests,
    ReviewRound,
    ReviewScore,
)
from applications.models.statement import StatementRequest
from applications.models.window import LateLink, WindowExtension

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Document",
    "LateLink",
    "MonitoringCount",
    "Offer",
    "OfferQuerySet",
    "ProposedReview",
    "RankingMove",
    "Release",
    "ReleaseQuerySet",
    "ReserveList",
    "Review",
    "ReviewCriterion",
    "ReviewRound",
    "ReviewScore",
    "ReviewerInterests",
    "StatementRequest",
    "Submission",
    "WindowExtension",
]
