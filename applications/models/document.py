"""A file sent with an application: private, under a key that nobody can guess."""

import uuid
from functools import partial

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q

from applications.enums import DocumentType, Scan
from applications.models.application import Application
from applications.models.statement import StatementRequest
from cohorts.models import RequiredDocument
from nextstep import clock


def storage_key(document: "Document", name: str) -> str:
    """Give a new key each time, so that no replaced file is ever served under the old address."""
    return f"applications/documents/{uuid.uuid4()}.{document.kind}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def checked(self) -> "DocumentQuerySet":
        return self.exclude(scan=Scan.WAITING)

    def delete_with_files(self) -> bool:
        """Delete the rows now, in the caller's transaction, and their files once that is certain."""
        files = [str(document.file.name) for document in self]
        self.delete()
        for file in files:
            transaction.on_commit(partial(default_storage.delete, file))
        return bool(files)

    def waiting(self) -> "DocumentQuerySet":
        return self.filter(scan=Scan.WAITING)


class Document(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    required = models.ForeignKey(RequiredDocument, on_delete=models.PROTECT, related_name="+")
    # Which of the required ones of this kind, from 1.
    number = models.PositiveSmallIntegerField(default=1)
    # The supporter's request that it answers; then the applicant reads it only if they allow it.
    asked = models.OneToOneField(
        StatementRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="document", editable=False
    )
    file = models.FileField(upload_to=storage_key)
    original_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=DocumentType.choices)
    size = models.PositiveIntegerField(help_text="Bytes")
    # Known of PDFs alone.
    pages = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    # What is shown of a file that browsers cannot show.
    text = models.TextField(blank=True, editable=False)
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    # A document that waits for the scanner counts as not there, and nobody opens it.
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.OFF, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["application_id", "required__position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "required", "number"], name="document_one_for_each_asked"),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_starts_at_one"),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="document_scan_known"),
            models.CheckConstraint(condition=Q(kind__in=DocumentType.values), name="document_kind_known"),
        ]
        indexes = [models.Index(fields=["uploaded_at"], condition=Q(scan="waiting"), name="document_waiting")]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_waiting(self) -> bool:
        return self.scan == Scan.WAITING
