"""Words to invent people from. Nobody bears these surnames: each is put together from two words of the countryside."""

FIRST_NAMES = (
    "Aaliyah", "Adaeze", "Aidan", "Aisha", "Alasdair", "Amara", "Amir", "Anjali", "Anwen", "Beatrix", "Bilal",
    "Bronwen", "Callum", "Chidi", "Chloe", "Dafydd", "Daniel", "Deepa", "Dmitri", "Eilidh", "Elena", "Emeka", "Fatima",
    "Fergus",
    "Freya", "Grace", "Hamza", "Hannah", "Harpreet", "Hiroshi", "Imogen", "Ines", "Isla", "Jaya", "Jonah", "Kavya",
    "Keira", "Kwame", "Layla", "Leon", "Lucia", "Mariam", "Mateo", "Mei", "Mohan", "Nadia", "Niamh", "Noor", "Olu",
    "Oscar", "Parisa", "Priya", "Rahul", "Rhiannon", "Rosa", "Samira", "Sean", "Sofia", "Tariq", "Teresa", "Tunde",
    "Uma", "Victor", "Wanjiru", "Wei", "Xanthe", "Yasmin", "Yusuf", "Zainab", "Zoe",
)  # fmt: skip
SURNAME_BEGINNINGS = (
    "Acorn", "Alder", "Barley", "Bracken", "Bramble", "Brook", "Clover", "Copse", "Corn", "Dapple", "Fallow", "Fern",
    "Finch", "Flint", "Furrow", "Gorse", "Harrow", "Hazel", "Heather", "Juniper", "Lark", "Linnet", "Mallow", "Marsh",
    "Meadow", "Moss", "Otter", "Pebble", "Plover", "Quill", "Reed", "Rowan", "Rush", "Saffron", "Sedge", "Sorrel",
    "Tansy", "Teasel", "Thistle", "Willow",
)  # fmt: skip
SURNAME_ENDINGS = (
    "acre", "bank", "bourne", "bridge", "croft", "dale", "fen", "field", "ford", "gate", "hythe", "lea", "mere", "moor",
    "ridge", "stile", "thorpe", "wick", "wold", "worth",
)  # fmt: skip
TRUSTS = (
    "Cambridge University Hospitals", "North West Anglia", "Royal Papworth Hospital",
    "Norfolk and Norwich University Hospitals",
    "James Paget University Hospitals", "Queen Elizabeth Hospital King's Lynn", "West Suffolk",
    "East Suffolk and North Essex", "Mid and South Essex", "Princess Alexandra Hospital",
    "East and North Hertfordshire",
    "West Hertfordshire Teaching Hospitals", "Bedfordshire Hospitals", "Milton Keynes University Hospital",
    "Norfolk and Suffolk", "Essex Partnership University", "Cambridgeshire Community Services",
)  # fmt: skip
# Discipline, specialty and the code the demo writes into a training number; the codes are invented.
SPECIALTIES = (
    ("Primary care", "General practice", "GEP"),
    ("Primary care", "General practice", "GEP"),
    ("Secondary care", "Acute internal medicine", "AIM"),
    ("Secondary care", "Anaesthetics", "ANA"),
    ("Secondary care", "Clinical oncology", "CON"),
    ("Secondary care", "Emergency medicine", "EMM"),
    ("Secondary care", "General surgery", "GSU"),
    ("Secondary care", "Geriatric medicine", "GER"),
    ("Secondary care", "Obstetrics and gynaecology", "OBG"),
    ("Secondary care", "Paediatrics", "PAE"),
    ("Secondary care", "Respiratory medicine", "RES"),
    ("Mental health", "General psychiatry", "PSY"),
    ("Mental health", "Child and adolescent psychiatry", "CAP"),
    ("Dentistry", "Orthodontics", "ORT"),
    ("Dentistry", "Paediatric dentistry", "PDD"),
)
PROBLEMS = (
    ("Fewer missed discharge letters", "discharge letters sent within 24 hours", "62%", "90%"),
    ("Calmer handovers at night", "handovers that use the agreed checklist", "41%", "85%"),
    ("Antibiotics within the hour", "patients with suspected sepsis treated within the hour", "58%", "85%"),
    ("Clinic letters people understand", "letters written to the patient in plain English", "12%", "70%"),
    ("Shorter waits for first consultation", "new patients seen within six weeks", "47%", "75%"),
    ("Safer prescribing at the weekend", "weekend prescriptions with a recorded allergy status", "71%", "98%"),
    ("A kinder induction", "new starters with a login and a rota on day one", "35%", "95%"),
    ("Weighing every child", "children weighed before a prescription", "66%", "97%"),
    ("Talking about falls", "inpatients over 75 with a falls plan in 12 hours", "52%", "90%"),
    ("Dental recall on time", "recalls kept within the agreed interval", "44%", "80%"),
)
