// Says beside a score that it could not be sent, where nothing answered or the answer was a refusal.
// The Save button still sends the whole page as a plain form.
const WORDS = {
  401: "Not saved: you have been signed out. Choose Save below to sign in again; nothing on this page is lost.",
  403: "Not saved: you have signed in or out since you opened this page. Choose Save below; nothing on it is lost.",
  0: "Not saved: there is no connection. Try again, or choose Save below.",
};

function say(event) {
  const { target, xhr } = event.detail;
  const words = document.createElement("p");
  words.className = "nhsuk-error-message";
  words.textContent = WORDS[xhr?.status ?? 0] ?? "Not saved: something went wrong. Choose Save below.";
  target.querySelectorAll("p, button").forEach((old) => old.remove());
  // The hidden version stays: it is still the last one that this page has seen.
  target.append(words);
}

document.addEventListener("htmx:sendError", say);
document.addEventListener("htmx:responseError", say);
