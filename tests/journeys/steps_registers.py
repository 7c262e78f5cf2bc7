"""Keeping a register: staff on a phone in the room, an administrator who decides, a fellow who looks."""

from playwright.sync_api import Locator, expect

from tests.journeys.people import Visitor
from tests.journeys.world import World


def opens_todays_register(fay: Visitor, world: World) -> None:
    fay.opens("/home/")
    fay.sees("Hello Fay Circle")
    fay.follows("Registers")
    fay.sees("Registers")
    fay.follows(world.first_day.title)
    fay.sees(world.first_day.title)


def marks_people_with_one_tap(fay: Visitor) -> None:
    for name, mark in (("Asha Rao", "Present"), ("Ben Adeyemi", "Late"), ("Cara Lim", "Absent")):
        row = _row(fay, name)
        row.get_by_role("button", name=mark, exact=True).click()
        expect(row.get_by_text(f"{mark}, saved")).to_be_visible()
    expect(fay.page.locator("#register-counts")).to_have_text("1 present, 1 late, 1 absent, 4 not marked")
    fay.eyes.look(fay.page, "register, marked")


def writes_down_how_late(fay: Visitor) -> None:
    _row(fay, "Ben Adeyemi").get_by_role("link", name="More about").click()
    fay.sees("Ben Adeyemi")
    fay.fills("Minutes", "2000")
    fay.presses("Save minutes")
    fay.is_told("Minutes must be 480 or fewer")
    fay.fills("Minutes", "450")
    fay.presses("Save minutes")
    expect(_row(fay, "Ben Adeyemi").get_by_text("Late (450 minutes)")).to_be_visible()


def closes_the_register(fay: Visitor) -> None:
    fay.presses("Close the register")
    fay.sees("Close the register")
    fay.presses("Close the register")
    fay.is_told("Select whether the people you did not mark were absent")
    fay.chooses("Were the people you did not mark absent?", "No, leave them unmarked")
    fay.presses("Close the register")
    fay.reads("The register is closed.")
    fay.eyes.look(fay.page, "register, closed")


def excuses_an_absence(ada: Visitor, world: World) -> None:
    ada.opens("/registers/")
    ada.follows(world.first_day.title)
    _row(ada, "Cara Lim").get_by_role("link", name="More about").click()
    ada.sees("Cara Lim")
    ada.presses("Save the decision")
    ada.is_told("Select what this absence counts as")
    ada.page.get_by_label("Counts as met").or_(ada.page.get_by_label("Counts as attended")).first.check()
    ada.fills("Why?", "On call for a colleague; watched the recording and sent notes.")
    ada.presses("Save the decision")
    ada.reads("The decision about Cara Lim is saved.")
    ada.eyes.look(ada.page, "register, seen by an administrator")
    ada.follows("How the fellows of this cohort stand")
    ada.sees("How fellows stand")


def sees_her_attendance(asha: Visitor) -> None:
    asha.opens("/attendance/")
    asha.sees("Your attendance")


def _row(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("listitem").filter(has=visitor.page.get_by_role("heading", name=name))
