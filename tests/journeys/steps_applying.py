"""An applicant's steps: from the public page to the receipt, and the answer to an offer."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.factories.applications import a_pdf
from tests.journeys.people import Visitor
from tests.journeys.world import ASHA, World, the_post_arrives

SUMMARY = "I lead the rota, and I want to learn to lead across organisations."


def finds_the_programme(asha: Visitor, world: World) -> None:
    asha.opens("/")
    asha.sees("Leadership and management programmes")
    asha.follows(world.cohort.name)
    asha.sees(world.cohort.programme.name)
    asha.follows("Check if you can apply")
    asha.sees("Check if you can apply")


def checks_whether_she_can_apply(asha: Visitor, world: World) -> None:
    """First with nothing filled in, then with a number from elsewhere, then with her own."""
    asha.presses("Check")
    asha.is_told("Select whether you hold an NTN")
    _gives_registration(asha, "LDN/ABC/1234567/C")
    _gives_training(asha, world)
    _gives_time_out(asha)
    asha.presses("Check")
    asha.sees("You do not meet every rule")
    asha.fills("What is your NTN?", "EAN/ABC/1234567/C")
    asha.presses("Check again")
    asha.sees("You can apply")
    asha.presses("Apply")
    asha.sees("Apply for Next Step")


def signs_in_with_a_code(asha: Visitor) -> None:
    asha.presses("Sign in to start")
    asha.sees("Sign in")
    asha.presses("Send me a code")
    asha.is_told("Enter your email address")
    asha.fills("Email address", ASHA)
    asha.presses("Send me a code")
    asha.sees("Enter your code")
    code = re.search(r"^\d{6}$", the_post_arrives(ASHA, "code"), re.MULTILINE)
    assert code
    asha.fills("Code", "111111" if code[0] != "111111" else "222222")
    asha.presses("Continue")
    asha.is_told("The code is not correct. You have 2 tries left.")
    asha.fills("Code", code[0])
    asha.presses("Continue")
    asha.sees("Apply for Next Step")


def starts_an_application(asha: Visitor) -> None:
    asha.presses("Start now")
    asha.sees("Your application")
    asha.follows("Your details")


def answers_every_topic(asha: Visitor, world: World) -> None:
    """On each page something is wrong first, and is put right."""
    asha.sees("Your details")
    asha.fills("Full name", "A" * 151)
    asha.presses("Save and continue")
    asha.is_told("Full name must be 150 characters or fewer")
    asha.fills("Full name", "Asha Rao")
    asha.presses("Save and continue")

    asha.sees("Registration and training number")
    _gives_registration(asha, "EAN/ABC/1234567/C", number="12")
    asha.presses("Save and continue")
    asha.is_told("Your GMC number must have 7 digits")
    asha.fills("What is your GMC or GDC number?", "1234567")
    asha.presses("Save and continue")

    asha.sees("Training and CCT")
    _gives_training(asha, world)
    asha.page.get_by_role("group", name="What is your expected CCT date?").get_by_label("Month").fill("")
    asha.chooses("Where did you find this date?", "TIS Self-Service")
    asha.presses("Save and continue")
    asha.is_told("must include a month")
    _gives_training(asha, world)
    asha.presses("Save and continue")

    asha.sees("Out of programme")
    asha.chooses("Are you out of programme now?", "Yes")
    asha.page.get_by_role("group", name="When do you return").get_by_label("Day").fill("31")
    asha.presses("Save and continue")
    asha.is_told("must include a month and year")
    _gives_time_out(asha)
    asha.presses("Save and continue")

    asha.sees("Your work")
    asha.chooses("Which discipline do you work in?", "Secondary care")
    asha.chooses("Do you train less than full time?", "Yes")
    asha.fills_all(
        {
            "What is your specialty?": "Anaesthetics",
            "Which trust, practice or organisation employs you?": "Cambridge University Hospitals",
            "Who is your supervisor or line manager?": "Bea Lund",
            "What is their work email address?": "bea.lund",
        }
    )
    asha.presses("Save and continue")
    asha.is_told("Enter an email address in the correct format")
    asha.fills("What is their work email address?", "bea.lund@example.nhs.uk")
    asha.presses("Save and continue")


def uploads_three_documents(asha: Visitor) -> None:
    asha.sees("Documents")
    asha.follows("Upload Up-to-date CV")
    asha.sees("Upload: Up-to-date CV")
    asha.presses("Upload")
    asha.is_told("Select a file")
    asha.uploads("Upload: Up-to-date CV", "cv.pdf", b"%PDF-1.7 but no more than that")
    asha.presses("Upload")
    expect(asha.page.get_by_role("alert")).to_contain_text("it may be damaged")
    for label in ("Up-to-date CV", "Supporting statement 1 of 2", "Supporting statement 2 of 2"):
        if asha.page.get_by_role("heading", level=1, name="Documents").is_visible():
            asha.follows(f"Upload {label}")
        asha.uploads(f"Upload: {label}", f"{label.split()[0]}.pdf".lower(), a_pdf())
        asha.presses("Upload")
        asha.reads(f"We have your document “{label}”.")
    asha.eyes.look(asha.page, "documents, all uploaded")


def sends_it(asha: Visitor) -> None:
    asha.presses("Continue")
    asha.sees("Your application")
    asha.eyes.look(asha.page, "tasks, all done")
    asha.follows("Check your answers and send")
    asha.sees("Check your answers and send")
    asha.presses("Send my application")
    asha.is_told("Confirm the declaration to send your application")
    asha.ticks("I have read the declaration")
    asha.presses("Send my application")
    asha.sees("Application sent")


def has_a_receipt(asha: Visitor) -> None:
    reference = asha.page.locator(".nhsuk-panel__body strong").inner_text()
    assert reference in the_post_arrives(ASHA, reference)
    asha.follows("See what you sent")
    asha.sees("Your application")
    asha.reads(reference)
    asha.eyes.look(asha.page, "application, sent")


def opens_the_offer_from_the_mail(asha: Visitor) -> None:
    link = re.search(r"http://portal\.test(/offers/\S+)", the_post_arrives(ASHA, "offer"))
    assert link
    asha.opens(link[1])
    asha.sees("You have been offered a place")


def accepts_the_place(asha: Visitor) -> None:
    asha.opens("/home/")
    asha.sees("Hello Asha Rao")
    asha.follows("Answer your offer")
    asha.presses("Accept my place")
    asha.is_told("Confirm that you can attend the dates to accept your place")
    for date in asha.page.locator("input[name=attends]").all():
        date.check()
    asha.chooses("Have you applied for leave?", "I have applied for leave for these dates, or am doing so now")
    asha.ticks("I agree to this")
    asha.fills("Type your full name to sign", "Asha Rao")
    asha.presses("Accept my place")
    asha.sees("You have accepted your place")


def finds_her_home_as_a_fellow(asha: Visitor) -> None:
    asha.follows("Go to your home")
    asha.reads("Next session")
    asha.eyes.look(asha.page, "home of a fellow")
    asha.presses("Get my calendar address")
    asha.reads("Keep it to yourself")
    asha.eyes.look(asha.page, "home of a fellow, with a calendar")


def _gives_registration(asha: Visitor, ntn: str, *, number: str = "1234567") -> None:
    asha.chooses("Who are you registered with?", "General Medical Council (GMC)")
    asha.fills("What is your GMC or GDC number?", number)
    asha.chooses("Do you hold a National Training Number (NTN)?", "Yes")
    asha.fills("What is your NTN?", ntn)


def _gives_training(asha: Visitor, world: World) -> None:
    asha.dates("What is your expected CCT date?", _cct(world))
    asha.chooses("Have you been granted a period of grace", "No")
    asha.chooses("Will you train in", "Yes, the whole time")


def _gives_time_out(asha: Visitor) -> None:
    asha.chooses("Are you out of programme now?", "No")
    asha.chooses("Do you plan to go out of programme", "No")


def _cct(world: World) -> Any:
    """After the programme, and within two years of its beginning."""
    return world.cohort.ends_on + timedelta(days=100)
