import { ask } from "/aws.js";
import { show, showError } from "/content.js";
import { widgetContext } from "/context.js";
import { confirmed, popup } from "/dialogs.js";

/** A widget whose content is what its Lambda function answers. */
export class Custom {
  #frame;
  #dashboard;
  #widget;
  #popup = null;
  #latest = 0;
  #busy = false;

  constructor(frame, dashboard, widget) {
    this.#frame = frame;
    this.#dashboard = dashboard;
    this.#widget = widget;
    frame.offer("Documentation", () => this.#describe());
  }

  /** `refresh`, `resize` or `timeRange`: whether the widget wants to be asked again then (all are on unless it says no). */
  wants(reason) {
    return this.#widget.properties.updateOn?.[reason] !== false;
  }

  async load() {
    await this.#call(this.#widget.properties.endpoint, this.#widget.properties.params ?? {}, this.#frame.body, () => {});
  }

  /** Shows in the widget or a popup what the function answers; a later call's answer wins over an earlier one's that comes after it. */
  async #call(endpoint, parameters, place, shown) {
    const turn = ++this.#latest;
    this.#frame.busy(true);
    const event = { ...parameters, widgetContext: this.#context() };
    try {
      const answer = await ask("/api/invoke", { function: endpoint, event });
      if (turn === this.#latest) this.#show(place, answer);
    } catch (e) {
      if (turn === this.#latest) showError(this.#place(place), e.message);
    } finally {
      if (turn === this.#latest) {
        this.#frame.busy(false);
        shown();
      }
    }
  }

  #show(place, answer) {
    show(this.#place(place), answer, {
      theme: this.#dashboard.theme,
      base: this.#dashboard.base,
      take: (action) => this.#take(action),
    });
  }

  #place(place) {
    if (place !== "popup") return place;
    this.#popup?.close();
    const opened = popup(this.#widget.properties.title ?? "", () => {
      if (this.#popup === opened) this.#popup = null; // another one may have taken its place
    });
    this.#popup = opened;
    return opened.place;
  }

  #context() {
    return widgetContext(this.#dashboard, this.#widget, this.#frame.body, [this.#frame.body, ...(this.#popup ? [this.#popup.place] : [])]);
  }

  /** One at a time: a second click while the first is under way is none. */
  async #take(action) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      if (action.confirmation !== null && !(await confirmed(action.confirmation))) return;
      const place = action.display === "popup" ? "popup" : this.#frame.body;
      const shown = () => {
        if (place === "popup") return;
        this.#popup?.close();
        this.#frame.focus(); // what had the focus is gone with the content before
      };
      if (action.action === "html") {
        this.#show(place, action.content);
        if (action.event !== "mouseenter") shown();
      } else {
        await this.#call(action.endpoint, action.parameters, place, shown);
      }
    } finally {
      this.#busy = false;
    }
  }

  async #describe() {
    let answer;
    try {
      answer = await ask("/api/invoke", { function: this.#widget.properties.endpoint, event: { describe: true } });
    } catch (e) {
      return showError(this.#place("popup"), e.message);
    }
    // "the Lambda function returns the documentation in Markdown format": as it is, or as {"markdown": …}
    this.#show("popup", typeof answer === "string" ? { markdown: answer } : answer);
  }
}
