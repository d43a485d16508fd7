import { make } from "/dom.js";

/** Asks whether to go on. Nothing but its own button is a yes: not Escape, not a click beside it. */
export function confirmed(message) {
  return new Promise((resolve) => {
    const no = make("button", { type: "button", className: "plain" }, "Cancel");
    const yes = make("button", { type: "button", className: "primary" }, "Confirm");
    const dialog = make("dialog", { className: "confirmation" }, make("h2", { id: "confirmation" }, "Are you sure?"), make("p", {}, message), make("footer", {}, no, yes));
    dialog.setAttribute("aria-labelledby", "confirmation");
    let answer = false;
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    open(dialog, () => resolve(answer));
    no.focus();
  });
}

/** A popup with an empty place for somebody's content. */
export function popup(title, onClose = () => {}) {
  const close = make("button", { type: "button", className: "plain" }, "Close");
  const place = make("div", { className: "popup-body" });
  const dialog = make("dialog", { className: "popup" }, make("header", {}, make("h2", { id: "popup" }, title), close), place);
  dialog.setAttribute("aria-labelledby", "popup");
  close.addEventListener("click", () => dialog.close());
  open(dialog, onClose);
  return {
    place,
    close: () => {
      dialog.close();
      dialog.remove(); // at once; the event comes later
    },
  };
}

/** The focus goes back to what it was on, which the browser sees to. */
function open(dialog, onClose) {
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  dialog.showModal();
}
