"""The administrator's steps with applications: from the list to an offer."""

from playwright.sync_api import expect

from tests.journeys.people import Visitor


def finds_the_application(ada: Visitor) -> None:
    ada.opens("/home/")
    ada.sees("Hello Ada Ledger")
    ada.follows("Administration")
    ada.sees("Administration")
    ada.opens("/admin/applications/application/?state=submitted&discipline=Secondary+care")
    ada.eyes.look(ada.page, "list of applications")


def reads_it(ada: Visitor) -> None:
    ada.page.locator("#result_list tbody th a").first.click()
    ada.reads("How the answers meet the rules")
    for reader in ada.page.locator("#content-main details > summary").all():
        reader.click()
    expect(ada.page.locator("iframe.app-reader")).to_have_count(3)
    ada.eyes.look(ada.page, "application in the admin")


def decides_to_offer_a_place(ada: Visitor) -> None:
    """From the page of the application, with a page that names the person first. Nobody is told."""
    ada.presses("Offer a place")
    ada.reads("70 seats free")
    ada.reads("asha.rao@example.nhs.uk")
    ada.eyes.look(ada.page, "confirm an offer")
    ada.presses("Save, and tell nobody yet")
    ada.reads("1 saved. Nobody has been told")
    ada.reads("Decided, and not told yet: Offer a place.")
    ada.eyes.look(ada.page, "application in the admin, decided")


def releases_it(ada: Visitor) -> None:
    """With a page that says who is told what; refused where the time of the release is missing."""
    ada.opens("/admin/applications/decision/")
    ada.page.locator("#result_list .action-select").first.check()
    ada.page.get_by_label("Action:").select_option(label="Release: preview, then tell them")
    ada.presses("Go")
    ada.reads("1 offer, 70 seats free.")
    ada.eyes.look(ada.page, "confirm a release")
    ada.page.get_by_label("At a set time").check()
    ada.presses("Release these decisions")
    ada.reads("Enter the day and the time at which they are told.")
    ada.eyes.look(ada.page, "refused: a release without its time")
    ada.page.get_by_label("Now", exact=True).check()
    ada.presses("Release these decisions")
    ada.reads("1 told.")
    ada.eyes.look(ada.page, "pending decisions, none")


def cannot_offer_it_twice(ada: Visitor) -> None:
    ada.opens("/admin/applications/application/?state=offered")
    ada.page.locator("#result_list .action-select").first.check()
    ada.page.get_by_label("Action:").select_option(label="Offer a place")
    ada.presses("Go")
    ada.reads("This cannot be done for anyone you chose.")
    ada.eyes.look(ada.page, "refused: an offer made twice")
