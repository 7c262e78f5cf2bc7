"""Facts about the person and their work."""

from applications.rules.facts.fact import YES_NO, Fact, Kind

DETAILS = (
    Fact(
        "full_name",
        "details",
        "Full name",
        Kind.TEXT,
        "Full name",
        "Enter your full name",
        "As your registration body holds it.",
        autocomplete="name",
        max_length=150,
    ),
    Fact(
        "telephone",
        "details",
        "Telephone number (optional)",
        Kind.TELEPHONE,
        "Telephone number",
        "Enter your telephone number",
        "We only call if we cannot reach you by email.",
        optional=True,
        autocomplete="tel",
        max_length=30,
    ),
    Fact(
        "adjustments",
        "details",
        "Is there anything we can do to make it easier for you to take part? (optional)",
        Kind.LONG_TEXT,
        "Adjustments",
        "",
        "For example, step-free access or captions. This is not used to choose.",
        optional=True,
        special_category=True,
        max_length=2000,
    ),
)

ROLE = (
    Fact(
        "band",
        "role",
        "What is your Agenda for Change band?",
        Kind.CHOICE,
        "Band",
        "Select your band",
        options=(
            *((str(band), f"Band {band}") for band in range(2, 8)),
            *((f"8{letter}", f"Band 8{letter}") for letter in "abcd"),
            ("9", "Band 9"),
            ("equivalent", "My role is not in a band"),
        ),
    ),
    Fact(
        "band_equivalent",
        "role",
        "What is your role, and at what level?",
        Kind.TEXT,
        "Equivalent role",
        "Enter your role and its level",
        only_if=("band", "equivalent"),
    ),
    Fact(
        "nhs_care",
        "role",
        "Where do you work?",
        Kind.CHOICE,
        "Works in NHS care",
        "Select where you work",
        options=(
            ("nhs", "In the NHS"),
            ("provider", "In another organisation that provides NHS care"),
            ("neither", "Neither of these"),
            ("unsure", "I am not sure"),
        ),
    ),
    Fact(
        "practice_role",
        "role",
        "What is your role in general practice?",
        Kind.CHOICE,
        "Role in general practice",
        "Select your role in general practice",
        options=(
            ("trainee", "GP trainee"),
            ("gp", "GP"),
            ("other", "Another role in general practice"),
            ("none", "I do not work in general practice"),
        ),
    ),
)

IDENTITY = (
    Fact(
        "self_identifies",
        "identity",
        "Do you identify as {group}?",
        Kind.CHOICE,
        "Identifies as {group}",
        "Select yes, no or prefer not to say",
        "Only the team that decides sees your answer. It is never shown in a list.",
        options=(*YES_NO, ("unsaid", "I prefer not to say")),
        special_category=True,
    ),
)

WORK = (
    Fact("discipline", "work", "Which discipline do you work in?", Kind.CHOICE, "Discipline", "Select your discipline"),
    Fact(
        "specialty",
        "work",
        "What is your specialty?",
        Kind.TEXT,
        "Specialty",
        "Enter your specialty",
        "For example, general practice, anaesthetics or orthodontics.",
        max_length=100,
    ),
    Fact(
        "less_than_full_time",
        "work",
        "Do you train less than full time?",
        Kind.CHOICE,
        "Less than full time",
        "Select whether you train less than full time",
        "This does not affect your application.",
        options=YES_NO,
    ),
    Fact(
        "employer",
        "work",
        "Which trust, practice or organisation employs you?",
        Kind.TEXT,
        "Employer",
        "Enter who employs you",
        autocomplete="organization",
    ),
    Fact(
        "supervisor_name",
        "work",
        "Who is your supervisor or line manager?",
        Kind.TEXT,
        "Supervisor",
        "Enter the name of your supervisor or line manager",
        max_length=150,
    ),
    Fact(
        "supervisor_email",
        "work",
        "What is their work email address?",
        Kind.EMAIL,
        "Supervisor’s email",
        "Enter the email address of your supervisor or line manager",
        "We write to them only about your place, and only if you accept one.",
        max_length=254,
    ),
)

COMMITMENT = (
    Fact(
        "commitment",
        "commitment",
        "I can attend all of these dates if I am offered a place",
        Kind.TICK,
        "Commitment to the dates",
        "Tick the box if you can attend all of these dates",
    ),
)
