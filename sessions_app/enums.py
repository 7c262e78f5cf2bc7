"""Kinds and states of sessions."""

from django.db.models import TextChoices


class SessionKind(TextChoices):
    FACE_TO_FACE = "face_to_face", "Face-to-face day"
    MASTERCLASS = "masterclass", "Masterclass"
    ACTION_LEARNING_SET = "action_learning_set", "Action learning set"
    COACHING = "coaching", "Coaching"
    DROP_IN_SURGERY = "drop_in_surgery", "Drop-in surgery"
    NETWORKING = "networking", "Networking event"
    ALUMNI = "alumni", "Alumni session"
    RESIDENTIAL = "residential", "Residential day"
    EVENING = "evening", "Evening session"

    def counted(self, number: int) -> str:
        """One or several of this kind in a sentence: "masterclass", "masterclasses"."""
        one = _ONE.get(self, self.label.lower())
        return one if number == 1 else _SEVERAL.get(self, f"{one}s")


_ONE = {SessionKind.COACHING: "coaching session"}
_SEVERAL = {SessionKind.MASTERCLASS: "masterclasses", SessionKind.DROP_IN_SURGERY: "drop-in surgeries"}


class SessionState(TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    CANCELLED = "cancelled", "Cancelled"
