"""The words that applications are described with."""

from django.db.models import IntegerChoices, TextChoices


class ApplicationState(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RESERVE = "reserve", "Reserve list"
    OFFERED = "offered", "Offered"
    NOT_SELECTED = "not_selected", "Not selected"
    ACCEPTED = "accepted", "Accepted"
    OFFER_DECLINED = "offer_declined", "Offer declined"
    OFFER_LAPSED = "offer_lapsed", "Offer lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class OfferState(TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    LAPSED = "lapsed", "Lapsed"
    WITHDRAWN = "withdrawn", "Withdrawn with the application"


class DecisionKind(TextChoices):
    """What the team decides about an application. Pending, it is nobody's business but the team's."""

    OFFER = "offer", "Offer a place"
    RESERVE = "reserve", "Reserve list"
    NOT_SELECTED = "not_selected", "Not selected"


class ReleaseState(TextChoices):
    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    REFUSED = "refused", "Not possible"
    CANCELLED = "cancelled", "Cancelled"


class Brake(TextChoices):
    """How the reserve list's next offer goes."""

    PAUSED = "paused", "Paused: nobody is offered a place"
    CONFIRM = "confirm", "Confirm each: somebody of the team makes the next offer"
    AUTOMATIC = "automatic", "Automatic: the next offer goes by itself"


class StudyLeave(TextChoices):
    """What somebody says of leave when they accept a place."""

    APPLIED = "applied", "I have applied for leave for these dates, or am doing so now"
    ROTATION_UNKNOWN = "rotation_unknown", "I do not know yet where I will work then"


class Eligibility(TextChoices):
    """The worst verdict of all rules."""

    MET = "met", "Met"
    NEEDS_PERSON = "needs_person", "Needs a person"
    NOT_MET = "not_met", "Not met"


class Scan(TextChoices):
    """What is known of viruses in a document."""

    OFF = "off", "Not scanned"
    WAITING = "waiting", "Waiting to be scanned"
    CLEAN = "clean", "Clean"


class StatementState(TextChoices):
    """Of a supporting statement that somebody else was asked for."""

    ASKED = "asked", "Asked"
    CAME = "came", "Came"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DocumentType(TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    ODT = "odt", "OpenDocument"
    # Written on a page of the portal.
    TXT = "txt", "Text"


class ReviewRoundState(TextChoices):
    PREPARING = "preparing", "Being prepared"
    OPEN = "open", "Open"
    FROZEN = "frozen", "Ranking frozen"


class ReviewState(TextChoices):
    OPEN = "open", "To be read"
    FINAL = "final", "Final"
    RECUSED = "recused", "Conflict of interest"


class Confidence(IntegerChoices):
    """How sure a reviewer is; shown to the team, never weighed."""

    LOW = 1, "Not sure"
    MEDIUM = 2, "Fairly sure"
    HIGH = 3, "Very sure"
