// htmx sends each tap and swaps the row. What goes wrong on the way is shown at the person it was about.

const SIGN_IN_AGAIN = new Set([401, 403]);

function noteFor(form, words) {
  const person = form.closest(".app-register__person");
  let note = person.querySelector(".app-register__note");
  if (!note) {
    note = document.createElement("p");
    note.className = "app-register__note";
    note.setAttribute("role", "alert");
    person.querySelector(".app-register__about").append(note);
  }
  note.textContent = words;
}

// The browser sends the same tap itself: the portal then keeps it while the person signs in again.
function sendWithoutScript(form, parameters) {
  for (const name of ["state", "seen"]) {
    let field = form.querySelector(`input[name="${name}"]`);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.append(field);
    }
    field.value = parameters[name] ?? "";
  }
  HTMLFormElement.prototype.submit.call(form);
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { requestConfig, xhr } = event.detail;
  const form = requestConfig.elt.closest("form");
  if (!form || xhr.status < 400) {
    return;
  }
  event.preventDefault();
  if (SIGN_IN_AGAIN.has(xhr.status)) {
    sendWithoutScript(form, requestConfig.parameters);
  } else {
    noteFor(form, "Not saved: something went wrong. Tap again.");
  }
});

document.addEventListener("htmx:sendError", (event) => {
  const form = event.detail.requestConfig.elt.closest("form");
  if (form) {
    noteFor(form, "Not saved: no connection. Tap again.");
  }
});
