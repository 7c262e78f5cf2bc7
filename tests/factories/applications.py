"""Applications, documents and offers; and the answers of a doctor who meets every rule of Next Step."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime, timedelta

import docx
import factory
from django.core.files.base import ContentFile
from pypdf import PdfWriter

from applications.enums import ApplicationState, OfferState
from applications.models import (
    Application,
    Decision,
    Document,
    LateLink,
    Offer,
    Release,
    ReserveList,
    Submission,
    WindowExtension,
)
from applications.rules.references import reference_of
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import (
    NOW,
    CohortFactory,
    EligibilityCriterionFactory,
    RequiredDocumentFactory,
    seat_for,
)

NEXT_STEP_RULES = [
    ("holds_ntn", {}),
    ("ntn_office", {"office": "EAN", "throughout": True}),
    ("within_years_of_cct", {"years": 2}),
    ("not_out_of_programme", {"throughout": True}),
]

ELIGIBLE = {
    "full_name": "Asha Rao",
    "telephone": "",
    "adjustments": "",
    "registration_body": "GMC",
    "registration_number": "1234567",
    "has_ntn": "yes",
    "ntn": "EAN/ABC/1234567/C",
    "cct_on": "2027-08-04",
    "cct_source": "tis",
    "cct_confirmed_by": "",
    "grace": "no",
    "region_plan": "stays",
    "oop_now": "no",
    "oop_planned": "no",
    "discipline": "Secondary care",
    "specialty": "Anaesthetics",
    "less_than_full_time": "no",
    "employer": "Cambridge University Hospitals",
    "supervisor_name": "Bea Lund",
    "supervisor_email": "bea.lund@example.nhs.uk",
}
NOT_ELIGIBLE = {**ELIGIBLE, "has_ntn": "no", "ntn": ""}
NEEDS_PERSON = {**ELIGIBLE, "ntn": "EAN/021/142/N"}


def a_pdf(pages=1, change=None):
    """A PDF of blank pages; `change` may add what it likes to the writer."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_docx(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs or ("I led a project.",):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def an_odt(*paragraphs, parts=None):
    body = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs or ("I led a project.",))
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(parts or {})})


def a_zip(parts, base=b""):
    """A zip archive of `parts`, added to those of the archive `base`."""
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a" if base else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def next_step_cohort(factory_class=CohortFactory, *, documents=True, **fields):
    """A cohort with the rules of Next Step and, unless told otherwise, its three documents."""
    cohort = factory_class(**{"programme__disciplines": ["Primary care", "Secondary care", "Dentistry"], **fields})
    for position, (rule, parameters) in enumerate(NEXT_STEP_RULES, start=1):
        EligibilityCriterionFactory(cohort=cohort, position=position, rule=rule, parameters=parameters)
    if documents:
        RequiredDocumentFactory(cohort=cohort, position=1, kind="cv", label="Up-to-date CV")
        RequiredDocumentFactory(
            cohort=cohort, position=2, kind="supporting_statement", label="Supporting statement", number=2
        )
    return cohort


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft with every answer; say ApplicationFactory(submitted=True) for one that was sent."""

    class Meta:
        model = Application

    class Params:
        submitted = factory.Trait(state=ApplicationState.SUBMITTED, submitted_at=NOW)

    reference = factory.Sequence(lambda n: reference_of(n * 7_919))
    cohort = factory.SubFactory(CohortFactory)
    applicant = factory.SubFactory(UserFactory)
    answers = factory.LazyFunction(lambda: dict(ELIGIBLE))
    eligibility = "met"
    discipline = factory.LazyAttribute(lambda made: made.answers.get("discipline", ""))
    specialty = factory.LazyAttribute(lambda made: made.answers.get("specialty", ""))
    employer = factory.LazyAttribute(lambda made: made.answers.get("employer", ""))
    started_at = NOW
    changed_at = NOW


class OfferFactory(factory.django.DjangoModelFactory):
    """An open offer, with the seat that it holds."""

    class Meta:
        model = Offer

    application = factory.SubFactory(ApplicationFactory, submitted=True, state=ApplicationState.OFFERED)
    made_at = NOW
    expires_at = factory.LazyAttribute(lambda made: made.made_at + timedelta(days=7))
    state = OfferState.OPEN
    seat_number = factory.LazyAttribute(
        lambda made: seat_for(made.application.cohort, made.application.applicant, made.made_at).number
    )


class DecisionFactory(factory.django.DjangoModelFactory):
    """A pending decision: not selected, unless told otherwise."""

    class Meta:
        model = Decision

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    kind = "not_selected"
    set_by = factory.SubFactory(UserFactory)
    set_at = NOW


class ReleaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Release

    cohort = factory.SubFactory(CohortFactory)
    planned_for = NOW + timedelta(days=1)
    planned_by = factory.SubFactory(UserFactory)
    planned_at = NOW


class ReserveListFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReserveList

    cohort = factory.SubFactory(CohortFactory)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    class Params:
        data = factory.LazyFunction(a_pdf)

    application = factory.SubFactory(ApplicationFactory)
    required = factory.LazyAttribute(lambda made: made.application.cohort.required_documents.all()[0])
    number = 1
    original_name = "cv.pdf"
    kind = "pdf"
    pages = 1
    size = factory.LazyAttribute(lambda made: len(made.data))
    sha256 = factory.LazyAttribute(lambda made: hashlib.sha256(made.data).hexdigest())
    file = factory.LazyAttribute(lambda made: ContentFile(made.data, name="cv.pdf"))
    uploaded_at = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)


def with_documents(application):
    """Send every document that the application's cohort asks for."""
    for required in application.cohort.required_documents.all():
        for number in range(1, required.number + 1):
            DocumentFactory(application=application, required=required, number=number)
    return application


class WindowExtensionFactory(factory.django.DjangoModelFactory):
    """The row alone: the cohort's own end stays as it is."""

    class Meta:
        model = WindowExtension

    cohort = factory.SubFactory(CohortFactory)
    closed_at = factory.LazyAttribute(lambda made: made.cohort.applications_close_at - timedelta(days=7))
    closes_at = factory.LazyAttribute(lambda made: made.cohort.applications_close_at)
    reason = "The sign-in mails were late."
    made_by = factory.SubFactory(UserFactory)
    made_at = NOW


class LateLinkFactory(factory.django.DjangoModelFactory):
    """The row alone: the person's application stays as it is."""

    class Meta:
        model = LateLink

    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(UserFactory)
    ends_at = factory.LazyAttribute(lambda made: made.cohort.applications_close_at + timedelta(days=2))
    reason = "They were on a ward without a connection."
    given_by = factory.SubFactory(UserFactory)
    given_at = NOW


class SubmissionFactory(factory.django.DjangoModelFactory):
    """What was sent, with one answer, one verdict and one document."""

    class Meta:
        model = Submission

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    submitted_at = NOW
    answers = factory.LazyFunction(
        lambda: [
            {
                "fact": "full_name",
                "topic": "details",
                "question": "Full name",
                "answer": "Asha Rao",
                "words": "Asha Rao",
            }
        ]
    )
    verdicts = factory.LazyFunction(
        lambda: [{"rule": "holds_ntn", "outcome": "met", "reason": "You hold an NTN: EAN/ABC/1234567/C.", "remedy": ""}]
    )
    rules = factory.LazyFunction(
        lambda: [{"rule": "holds_ntn", "parameters": {}, "description": "You must hold a National Training Number."}]
    )
    documents = factory.LazyFunction(
        lambda: [{"label": "Up-to-date CV", "number": 1, "name": "cv.pdf", "sha256": "0" * 64}]
    )
    declaration = "What I have written is true."
