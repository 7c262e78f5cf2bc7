// A file on its way: htmx sends the form, and this shows how far it is. Without script the browser sends it by itself.

const SIGN_IN_AGAIN = new Set([401, 403]);
const STEP = 25; // per cent between two things that a screen reader says

function partFor(form) {
  let part = form.querySelector(".app-upload");
  if (!part) {
    part = document.createElement("div");
    part.className = "app-upload";
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", "Upload");
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    part.append(words, bar);
    form.append(part);
  }
  return part;
}

function show(form, per_cent, sentence) {
  const part = partFor(form);
  const bar = part.querySelector("progress");
  bar.hidden = per_cent === null;
  bar.value = per_cent ?? 0;
  const words = part.querySelector("p");
  if (words.textContent !== sentence) {
    words.textContent = sentence;
  }
}

const formOf = (event) => event.detail.requestConfig?.elt.closest("form[data-upload]") ?? event.target.closest?.("form[data-upload]");

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = formOf(event);
  if (!form || !event.detail.lengthComputable) {
    return;
  }
  const per_cent = Math.round((100 * event.detail.loaded) / event.detail.total);
  const said = Math.floor(per_cent / STEP) * STEP;
  show(form, per_cent, per_cent < 100 ? `Uploading: ${said}%` : "Uploaded. We are checking the file.");
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = formOf(event);
  const { status } = event.detail.xhr;
  if (!form || status < 400) {
    return;
  }
  event.preventDefault();
  if (SIGN_IN_AGAIN.has(status)) {
    HTMLFormElement.prototype.submit.call(form);
  } else {
    show(form, null, "Not uploaded: something went wrong. Try again.");
  }
});

document.addEventListener("htmx:sendError", (event) => {
  const form = formOf(event);
  if (form) {
    show(form, null, "Not uploaded: no connection. Try again.");
  }
});

// The refused page comes with its summary of what is wrong: read it first.
document.addEventListener("htmx:afterSettle", () => {
  const summary = document.querySelector("#maincontent .nhsuk-error-summary");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }
});
