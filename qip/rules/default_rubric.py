"""The rubric a cohort starts with: seven criteria and their weights (domain.md, QIP judging), levels in our own words.

Improvement itself is not asked for: a well-tested change that failed can win.
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
    breaks_ties: bool = False
    comment_required: bool = False


DEFAULT_RUBRIC = (
    CriterionWords(
        code="problem",
        name="Problem and aim",
        weight=15,
        guidance="Why the problem matters, how things stood locally before, and what was to be achieved by when.",
        level_1="The problem is named but not shown to matter here. The aim is vague, or has no date.",
        level_3="Local figures show the problem. The aim says what will change, by how much or by when.",
        level_5="A local baseline and patients’ experience show why it matters. The aim is specific and dated.",
    ),
    CriterionWords(
        code="measurement",
        name="Measurement",
        weight=20,
        guidance="Outcome, process and balancing measures, at least three points over time, on a run or control chart.",
        level_1="Opinion, or one figure before and one after.",
        level_3="A measure followed over at least three points in time and shown on a chart.",
        level_5="Outcome, process and balancing measures on run or control charts, read by their rules.",
    ),
    CriterionWords(
        code="change",
        name="Change and testing",
        weight=20,
        guidance="A theory of how the change would work, and at least two PDSA cycles that put it to the test.",
        level_1="A change was made all at once, without saying why it should work.",
        level_3="There is a driver diagram or another theory of change, and one PDSA cycle that was learned from.",
        level_5="At least two PDSA cycles, each built on what the one before showed, tie back to the theory of change.",
        breaks_ties=True,
    ),
    CriterionWords(
        code="engagement",
        name="Engagement and leadership",
        weight=15,
        guidance="How patients, colleagues and the supervisor took part, and how the fellow led across boundaries.",
        level_1="The fellow worked alone, or told others what was decided.",
        level_3="The team and the supervisor took part, and those affected were asked.",
        level_5="Patients and staff of several groups shaped it. The fellow led people they had no authority over.",
    ),
    CriterionWords(
        code="impact",
        name="Impact and learning",
        weight=15,
        guidance="What changed, an honest account of what did not, and what the fellow learned.",
        level_1="Claims go beyond the figures, or nothing is said of what did not work.",
        level_3="The effect is described as the figures show it, with some thought on why.",
        level_5="Effects and failures are told honestly, other explanations are weighed, and others can learn from it.",
    ),
    CriterionWords(
        code="sustainability",
        name="Sustainability and spread",
        weight=10,
        guidance="Whether the change will last without the fellow, what it costs, and who could use it next.",
        level_1="The work stops when the fellow leaves.",
        level_3="Somebody has agreed to carry it on, and the next steps are named.",
        level_5="It is part of daily work with an owner, its costs are known, and others are taking it up.",
    ),
    CriterionWords(
        code="presentation",
        name="Presentation",
        weight=5,
        guidance="Clear, in time, and open to questions.",
        level_1="Hard to follow, or far over time.",
        level_3="Clear and in time.",
        level_5="Clear, in time, and questions are answered with thought and honesty.",
    ),
)
