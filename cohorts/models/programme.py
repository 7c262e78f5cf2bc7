"""A named offer that runs year after year."""

from django.db import models


class Programme(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    audience = models.TextField(blank=True)
    region = models.CharField(max_length=100, blank=True)
    disciplines = models.JSONField(default=list, blank=True)
    funded_by = models.CharField(max_length=200, blank=True)
    accredited_by = models.CharField(max_length=200, blank=True)
    delivery_partners = models.JSONField(default=list, blank=True)
    contact_email = models.EmailField(blank=True)
    # A local lead administers their own cohort and no other.
    locally_led = models.BooleanField(default=False)
    # What the public page says, in the page's own simple markup; empty until the team writes it.
    introduction = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
