// A form that is on its way is not sent again by a second press of a `data-prevent-double-click` button.
// The server refuses doubles as well; this saves the person its answer.

const AGAIN_AFTER = 5000; // milliseconds: an answer may be a download, which leaves the page where it is

export function submitOnce(root) {
  const onTheirWay = new WeakSet();

  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !event.submitter?.hasAttribute("data-prevent-double-click")) {
      return;
    }
    if (onTheirWay.has(form)) {
      event.preventDefault();
      return;
    }
    onTheirWay.add(form);
    const release = () => onTheirWay.delete(form);
    window.setTimeout(release, AGAIN_AFTER);
    // Back to this page from the browser's memory: the form may be sent anew.
    window.addEventListener("pageshow", release, { once: true });
  });
}
