"""The first words of the public pages. The owner edits them in the admin; this never overwrites what is there."""

from django.db import migrations

PRIVACY = """
This notice says what the portal keeps about you, why, who sees it and for how long.

## Who is responsible

The organisation that runs your programme is the controller of your data. You can reach it through the programme team: see [Help](/help/).

## What we keep

- your name and email address, and your professional registration if you give it
- what you write and upload when you apply: your answers, CV and statements
- the decisions about your application, with their reasons
- if you join: your place, attendance, project, scores and certificate
- who did what and when in the portal
- equality monitoring, only if you choose to answer, held apart from your application and never shown to reviewers or judges

Checking whether you can apply needs no account, and nothing you enter there is kept.

## Why we may keep it

We use it to choose fellows fairly, to run the programme and to show that we did both properly. This is a task carried out in the public interest.

## Who sees it

- the programme team of the programme you apply to
- reviewers and judges see what they need for their part
- facilitators and coaches see the people in their groups

We do not sell your data, and we do not use it for advertising.

## How long we keep it

- unsuccessful applications: 12 months after the programme starts
- fellows' records: 6 years
- sign-in codes: 10 minutes, and never in readable form
- a form you sent after your session had ended: 1 hour, sealed so that only your browser can open it

## Your rights

You can ask to see what is held on you, to have it corrected, and in some cases to have it deleted. Contact the programme team first: see [Help](/help/). You can complain to the [Information Commissioner's Office](https://ico.org.uk/make-a-complaint/).
"""

ACCESSIBILITY = """
We want everybody to be able to use this portal. You should be able to:

- use every page with the keyboard alone
- zoom in to 400% without scrolling sideways
- use a screen reader
- use the portal without JavaScript
- understand the words

## How accessible it is

The portal aims at level AA of the Web Content Accessibility Guidelines 2.2. Each page is tested automatically and by hand as it is built.

## What needs JavaScript

- **Passkeys.** Use an authenticator app instead.
- **Progress of an upload, and saving while a connection is lost.** Press "Save" instead; the page tells you when a file has arrived.
- **Date pickers in the administrators' pages.** Type the date instead.

## What you upload

We show documents as you sent them, so their accessibility is up to their author.

## If something does not work for you

Tell the programme team which page it was and what happened: see [Help](/help/). We will answer within 5 working days, and give you the information in another form if you need it.

If you are not happy with the answer, contact the [Equality Advisory and Support Service](https://www.equalityadvisoryservice.com/).
"""

COOKIES = """
Cookies are small files that a website keeps in your browser. This portal uses only those that it cannot work without. It uses none for measuring or advertising, so there is nothing to accept or refuse.

## The cookies we use

- **sessionid** remembers that you are signed in. It ends after 7 days, or when you sign out.
- **csrftoken** protects the forms against being sent by another website. It ends after 1 year.
- **unsent** opens what you typed if your session had ended before you sent it. It ends after 1 hour.
- **last_account** says which account was last signed in here, in a form that only the portal can read, so that nobody else is shown what you typed. It ends an hour after your session.
- **messages** carries a notice such as "We have saved your details" to the next page, and ends there.
"""

HELP = """
## I cannot receive a code

- Wait two minutes, then look in your junk or spam folder.
- Check that you entered the address that you used before.
- Ask for a new code. Only the newest one works, for 10 minutes and in the browser in which you asked.
- Hospital mail systems sometimes hold mail back. Ask your IT department to let mail from this portal through, or sign in with another address and tell us.

## I have changed trust

If you can still read your old mailbox, sign in, go to [Your account](/account/) and change your email address. If you cannot, contact the programme team: they can move your account once they have made sure that it is yours.

## I have lost my phone or passkey

Use one of your recovery codes. If you have none left, contact the programme team.

## I have two accounts

Contact the programme team. We never merge accounts without asking you.

## I sent a form and was asked to sign in

Sign in with the same account, in the same browser, within an hour. You will see what you typed, and can send it. Files have to be added again.

## Contact the programme team

The contact address of your programme is on its page: start from the [list of programmes](/).
"""

PAGES = (
    ("privacy", "Privacy notice", PRIVACY),
    ("accessibility", "Accessibility statement", ACCESSIBILITY),
    ("cookies", "Cookies", COOKIES),
    ("help", "Help", HELP),
)


def write_first_words(apps, schema_editor):
    ContentPage = apps.get_model("accounts", "ContentPage")
    for slug, title, body in PAGES:
        ContentPage.objects.get_or_create(slug=slug, defaults={"title": title, "body": body.strip()})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_held_posts_and_pages")]
    operations = [migrations.RunPython(write_first_words, migrations.RunPython.noop)]
