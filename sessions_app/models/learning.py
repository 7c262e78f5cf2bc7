"""The terms of a cohort's action learning sets and coaching."""

from django.db import models
from django.db.models import F, Q

from cohorts.models import Cohort


class ActionLearningTerms(models.Model):
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="action_learning_terms")
    slot_minutes = models.PositiveSmallIntegerField(default=90)
    group_size = models.PositiveSmallIntegerField(default=6)
    largest_group = models.PositiveSmallIntegerField(default=6)
    venue = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "action learning terms"
        constraints = [
            models.CheckConstraint(condition=Q(slot_minutes__gt=0), name="action_learning_slot_has_length"),
            models.CheckConstraint(
                condition=Q(group_size__gt=0, largest_group__gte=F("group_size")), name="action_learning_group_sizes"
            ),
        ]

    def __str__(self) -> str:
        return f"Action learning sets of {self.cohort}"


class ActionLearningTopic(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="action_learning_topics")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["cohort", "number"]
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="topic_number_unique_in_cohort")]

    def __str__(self) -> str:
        return f"Topic {self.number}: {self.title}"


class TopicWindow(models.Model):
    """A stretch of time that is cut into slots; a topic has alternative ones."""

    topic = models.ForeignKey(ActionLearningTopic, on_delete=models.CASCADE, related_name="windows")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="topic_window_starts_before_it_ends"),
            models.UniqueConstraint(fields=["topic", "starts_at"], name="topic_window_start_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.topic}, {self.starts_at:%d %b %Y %H:%M}"


class CoachingTerms(models.Model):
    cohort = models.OneToOneField(Cohort, on_delete=models.CASCADE, related_name="coaching_terms")
    title = models.CharField(max_length=200)
    sessions_per_fellow = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name_plural = "coaching terms"

    def __str__(self) -> str:
        return f"Coaching of {self.cohort}"
