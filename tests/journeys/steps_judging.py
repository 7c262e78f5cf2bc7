"""A fellow's project, the judges' scores, and the administrator's results."""

from playwright.sync_api import expect

from tests.journeys.people import Visitor
from tests.journeys.world import TIED, Bench

TITLE = "Antibiotics within the hour"
AIM = "By June, nine in ten patients with sepsis get antibiotics within the hour."
SUMMARY = "We tested a checklist and a huddle over three cycles. The run chart shows a shift after the second."
COMMENT = "Three cycles, each measured."


def begins_her_project(asha: Visitor) -> None:
    asha.opens("/qip/")
    asha.eyes.look(asha.page, "projects, none begun")
    asha.presses("Start your project")
    asha.sees("Your quality improvement project")


def hands_it_in(asha: Visitor) -> None:
    asha.fills_all({"Title": TITLE, "Aim": AIM, "Supervisor’s email address": "bea.lund"})
    asha.presses("Save")
    asha.is_told("Enter an email address in the correct format")
    asha.fills("Supervisor’s email address", "bea.lund@example.nhs.uk")
    asha.presses("Save and hand in")
    asha.is_told("Enter")
    asha.fills_all({"Supervisor’s name": "Bea Lund", "Summary": SUMMARY})
    asha.presses("Save and hand in")
    asha.reads("You have handed in your project.")
    asha.eyes.look(asha.page, "project, handed in")


def opens_the_panel(judge: Visitor, name: str) -> None:
    judge.opens("/home/")
    judge.sees(f"Hello {name}")
    judge.follows("Judging")
    judge.sees("Projects to judge")
    judge.follows(TITLE)
    judge.sees(TITLE)


def scores_every_criterion(judith: Visitor, bench: Bench) -> None:
    """With something left out first: it is kept, and named."""
    criteria = list(bench.panel.cohort.qip_rubric.criteria.order_by("position"))
    for criterion in criteria[:-1]:
        _gives(judith, criterion.code, 5)
    judith.fills(f"Comment on {criteria[0].name.lower()} (optional)", COMMENT)
    judith.presses("Make final")
    judith.is_told(f"{criteria[-1].name}: choose a score")
    _gives(judith, criteria[-1].code, 4)
    judith.presses("Make final")
    judith.reads(f"Your scores for “{TITLE}” are final.")
    judith.eyes.look(judith.page, "panel, nothing left")
    judith.follows(TITLE)
    judith.reads(COMMENT)
    judith.eyes.look(judith.page, "score page, final")


def _gives(judge: Visitor, code: str, score: int) -> None:
    block = judge.page.locator(f"#criterion-{code}")
    block.get_by_label(str(score), exact=True).check()
    if judge.works_with_script:
        expect(block.get_by_text("Saved at")).to_be_visible()


def declares_a_conflict(jasper: Visitor) -> None:
    jasper.follows("Declare a conflict of interest with this project")
    jasper.sees("Declare a conflict of interest")
    jasper.presses("Step back from this project")
    jasper.is_told("Say what the conflict of interest is")
    jasper.fills("What is the conflict of interest?", "We work on the same ward.")
    jasper.presses("Step back from this project")
    jasper.reads(f"You have stepped back from “{TITLE}”.")


def finds_the_results_not_ready(ada: Visitor) -> None:
    ada.opens("/results/")
    ada.sees("Results of panels")
    ada.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    ada.sees("Results")
    ada.presses("Open the results")
    expect(ada.page.get_by_role("alert")).to_contain_text("There is a problem")
    ada.eyes.look(ada.page, "refused: results opened too early")


def opens_the_results(ada: Visitor) -> None:
    ada.opens("/results/")
    ada.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    ada.presses("Open the results")
    ada.reads("The results are open.")
    ada.eyes.look(ada.page, "results, tied at the fifth place")


def writes_down_who_won_the_tie(ada: Visitor) -> None:
    ada.presses("Write down the decision")
    ada.is_told("Choose which projects get a bursary")
    ada.ticks(f"The project of {TIED[0]}")
    ada.fills("Reason", "The chair put patients’ part in the work first.")
    ada.presses("Write down the decision")
    ada.reads("The tie is decided.")
    ada.eyes.look(ada.page, "results, the tie decided")


def awards_the_bursaries(ada: Visitor) -> None:
    ada.presses("Award the bursaries")
    ada.reads("Bursaries awarded: 5.")
    ada.eyes.look(ada.page, "results, awarded")
    ada.follows("Give up this bursary")
    ada.sees("Give up a bursary")
    ada.presses("Give up this bursary")
    ada.is_told("Say why the bursary is given up")


def sees_her_bursary(asha: Visitor) -> None:
    asha.opens("/qip/")
    asha.reads("Your project has won a bursary")
    asha.eyes.look(asha.page, "project, with a bursary")
    asha.opens("/home/")
    asha.reads("Won a bursary")
    asha.eyes.look(asha.page, "home at the end of the year")
