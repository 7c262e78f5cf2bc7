"""One table, as wide as a list of ours."""

from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    trust = models.CharField(max_length=100)
    state = models.CharField(max_length=20)
    score = models.IntegerField(default=0)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "floor_app"
        ordering = ["pk"]
