// Saves a page of a draft as each question is left. The page's own buttons still send it as a plain form, and without
// script they alone do. What could not be saved is tried again; what the portal may not have answered is sent along as
// `tried`, so that a lost answer is not taken for somebody else's change.

const SIGNED_OUT = {
  401: "Not saved: you have been signed out. What you typed is still here.",
  403: "Not saved: you have signed in or out since you opened this page. What you typed is still here.",
};
const WORDS = {
  offline: "Not saved yet: there is no connection. We keep trying. Do not close this page.",
  trouble: "Not saved yet: something went wrong. We keep trying. Do not close this page.",
  conflict: "Not saved: you have changed this page in another tab or on another device. Choose above which text to keep.",
  moved: "Not saved: this application cannot be changed on this page any more. Load the page again.",
};
const PATIENCE = 15_000; // milliseconds for an answer
const LONGEST_WAIT = 30_000; // milliseconds between two tries
const SETTLING = 400; // milliseconds in which the arrow keys may walk on through radios
const LARGEST_KEPT_ALIVE = 60_000; // characters: browsers refuse to finish larger requests after the page is left
const MOST_UNCONFIRMED = 5;

function contents(form) {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "seen", "tried"]) {
    fields.delete(name);
  }
  return fields.toString();
}

function keepSaved(form) {
  const status = form.querySelector("[data-autosave-status]");
  const again = form.querySelector("[data-autosave-again]");
  const seen = form.elements.namedItem("seen");
  let saved = contents(form);
  let unconfirmed = [];
  let sending = false;
  let paused = false; // a person has to choose first
  let unsaved = false; // something typed here could not be saved
  let leaving = false;
  let tries = 0;
  let timer;

  function say(words, { isSaved = false, isSignedOut = false } = {}) {
    status.textContent = words;
    status.classList.toggle("app-saved__trouble", !isSaved);
    again.hidden = !isSignedOut;
    unsaved = !isSaved;
  }

  function tryLater(words) {
    say(words);
    clearTimeout(timer);
    timer = setTimeout(save, Math.min(LONGEST_WAIT, 2000 * 2 ** tries));
    tries += 1;
  }

  function pause(words, signs) {
    paused = true;
    say(words, signs);
  }

  async function send(now) {
    const body = new URLSearchParams(now);
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    body.set("seen", seen.value);
    unconfirmed.forEach((earlier) => body.append("tried", earlier));
    unconfirmed = [...unconfirmed.filter((earlier) => earlier !== now), now].slice(-MOST_UNCONFIRMED);
    return fetch(window.location.href, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: body.toString().length < LARGEST_KEPT_ALIVE,
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  async function read(answer, now) {
    if (answer.type === "opaqueredirect") {
      pause(WORDS.moved);
    } else if (answer.status in SIGNED_OUT) {
      pause(SIGNED_OUT[answer.status], { isSignedOut: true });
    } else if (answer.ok) {
      const told = await answer.json();
      saved = now;
      seen.value = told.seen;
      unconfirmed = [];
      tries = 0;
      say(told.saved, { isSaved: true });
      show("standing", told.standing);
      show("deadline", told.deadline);
    } else if (answer.status === 409) {
      const told = await answer.json();
      if (told.conflict) {
        // Whoever has both texts before them may save theirs.
        seen.value = told.seen;
        unconfirmed = [];
        show("conflicts", told.conflict);
      }
      pause(told.refusal ? `Not saved: ${told.refusal}` : WORDS.conflict);
    } else {
      tryLater(WORDS.trouble);
    }
  }

  function show(id, piece) {
    const place = document.getElementById(id);
    // Put in again only where it differs: a reader that is told of changes would read it out once more.
    if (place.dataset.shown !== piece) {
      place.innerHTML = piece;
      place.dataset.shown = piece;
    }
  }

  async function save() {
    clearTimeout(timer);
    while (!sending && !paused && !leaving && contents(form) !== saved) {
      const now = contents(form);
      sending = true;
      try {
        await read(await send(now), now);
      } catch {
        tryLater(WORDS.offline);
      } finally {
        sending = false;
      }
      if (saved !== now) {
        return;
      }
    }
  }

  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const date = target.closest(".nhsuk-date-input");
    const onItsWay = relatedTarget?.type === "submit" && relatedTarget.form === form;
    if (!date?.contains(relatedTarget) && !onItsWay) {
      save();
    }
  });
  form.addEventListener("change", ({ target }) => {
    if (target.matches("input[type=radio], input[type=checkbox], select")) {
      clearTimeout(timer);
      timer = setTimeout(save, SETTLING);
    }
  });
  window.addEventListener("online", save);
  window.addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());

  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      tryLater(WORDS.offline);
      return;
    }
    form.querySelectorAll("input[name=tried]").forEach((old) => old.remove());
    for (const earlier of unconfirmed) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "tried", value: earlier });
      form.append(field);
    }
    clearTimeout(timer);
    leaving = true;
  });
  form.addEventListener("click", (event) => {
    leaving ||= event.target.closest("[data-autosave-discard]") !== null;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved && !leaving) {
      event.preventDefault();
    }
  });
}

document.querySelectorAll("form[data-autosave]").forEach(keepSaved);
