"""Pages of words that the owner edits: privacy, accessibility, cookies, help."""

from django.conf import settings
from django.db import models

from nextstep import clock


class ContentPage(models.Model):
    slug = models.SlugField(unique=True, editable=False)
    title = models.CharField(max_length=120)
    body = models.TextField(
        help_text="A blank line ends a paragraph. Start a line with ## for a heading, ### for a smaller one, "
        "- for a bullet or 1. for a numbered list. Write a link as [its words](https://address)."
    )
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["title"]
        verbose_name = "page of words"
        verbose_name_plural = "pages of words"

    def __str__(self) -> str:
        return self.title
