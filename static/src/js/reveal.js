// Shows the questions that belong to a chosen option, and hides those of the others.
// Without script all of them are shown, and the server leaves out what was not asked.
export function revealConditional(root) {
  const draw = () => {
    for (const input of root.querySelectorAll("input[data-aria-controls]")) {
      const kind = input.type === "radio" ? "radios" : "checkboxes";
      document
        .getElementById(input.dataset.ariaControls)
        ?.classList.toggle(`nhsuk-${kind}__conditional--hidden`, !input.checked);
    }
  };
  root.addEventListener("change", draw);
  // Going back, a browser may have ticked what the page did not.
  window.addEventListener("pageshow", draw);
  draw();
}
