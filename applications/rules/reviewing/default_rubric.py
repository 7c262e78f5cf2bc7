"""The rubric a review starts with: what a leadership fellowship asks of a CV and two statements, in our own words.

Titles and prizes are not asked for: what somebody did with the chances they had is.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CriterionWords:
    code: str
    name: str
    weight: int
    guidance: str
    level_1: str
    level_3: str
    level_5: str
    comment_required: bool = False


DEFAULT_RUBRIC = (
    CriterionWords(
        code="motivation",
        name="Motivation",
        weight=20,
        guidance="Why this person wants to lead, why on this programme, and why now.",
        level_1="Could have been written for any programme. No reason is given for applying now.",
        level_3="Says what draws them to leadership and what the programme would add.",
        level_5="A clear and personal account of what they want to change, tied to what this programme offers.",
    ),
    CriterionWords(
        code="leading",
        name="Leading so far",
        weight=25,
        guidance="What they have led, at any size and with or without a title, and what their own part in it was.",
        level_1="Posts are listed, but not what was done in them.",
        level_3="An example of leading something, with their own part told apart from that of others.",
        level_5="Several examples of taking people along, some without authority over them, and what came of it.",
    ),
    CriterionWords(
        code="improving",
        name="Improving care",
        weight=20,
        guidance="What they have tried to make better for patients or staff, and how they knew whether it was.",
        level_1="An audit or project is named without what it changed.",
        level_3="A change was made and its effect looked at.",
        level_5="A change was tested, measured and handed on, and what did not work is told too.",
    ),
    CriterionWords(
        code="working-together",
        name="Working with others",
        weight=15,
        guidance="How they work with other professions, patients and people who disagree with them.",
        level_1="Others hardly appear, or only as helpers.",
        level_3="Work with other professions or with patients is described, with what each brought.",
        level_5="They sought out those who were not heard, and changed their own course for it.",
    ),
    CriterionWords(
        code="learning",
        name="Insight and learning",
        weight=10,
        guidance="What they have learned about themselves as a leader, from things that went badly as well.",
        level_1="No thought is given to how they lead.",
        level_3="Names a strength and something to work on, with an example.",
        level_5="An honest account of a failure or of feedback, and of what they do differently since.",
    ),
    CriterionWords(
        code="using-it",
        name="What they will do with it",
        weight=10,
        guidance="What their team, their patients and the region would gain from their taking part.",
        level_1="The gain is to the applicant alone.",
        level_3="Has a plan for their own workplace.",
        level_5="A realistic plan for their workplace, and for passing on what they learn beyond it.",
    ),
)
