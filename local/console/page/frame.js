import { make } from "/dom.js";

/** What stands around a widget's content: its place in the grid, its title, its buttons. */
export class Frame {
  #section;
  #buttons;

  constructor(widget) {
    const title = widget.properties?.title ?? (widget.type === "text" ? "" : widget.type);
    this.body = make("div", { className: "body" });
    this.#buttons = make("div", { className: "buttons" });
    this.#section = make("section", { className: `widget ${widget.type}`, id: widget.id }, this.body);
    this.#section.setAttribute("aria-label", title || "Text");
    if (title || widget.type === "custom") this.#section.prepend(make("header", {}, make("h2", {}, title), this.#buttons));
    // "Dashboard Body Structure and Syntax": a grid of 24 columns; where x and y are missing, the next free place.
    const { x, y, width = 6, height = 6 } = widget;
    this.#section.style.gridColumn = `${x === undefined ? "auto" : x + 1} / span ${Math.min(width, 24)}`;
    this.#section.style.gridRow = `${y === undefined ? "auto" : y + 1} / span ${height}`;
    this.#section.style.setProperty("--rows", height);
    this.#title = title;
  }

  #title;

  get element() {
    return this.#section;
  }

  offer(name, action) {
    const button = make("button", { type: "button", className: "plain" }, name);
    button.setAttribute("aria-label", `${name}: ${this.#title}`);
    button.addEventListener("click", action);
    this.#buttons.append(button);
  }

  busy(is) {
    this.#section.setAttribute("aria-busy", is);
    if (!is) this.#letKeyboardScroll();
  }

  focus() {
    this.body.tabIndex = 0;
    this.body.setAttribute("role", "group");
    this.body.setAttribute("aria-label", this.#title);
    this.body.focus();
  }

  #letKeyboardScroll() {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = this.body;
    if (scrollHeight > clientHeight || scrollWidth > clientWidth) {
      this.body.tabIndex = 0;
      this.body.setAttribute("role", "group");
      this.body.setAttribute("aria-label", this.#title);
    }
  }
}
