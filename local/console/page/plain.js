import { marked } from "/lib/marked.js";
import { ask } from "/aws.js";
import { show, showError } from "/content.js";
import { make } from "/dom.js";

const SAME = { take: () => {} };

/** A text widget: its Markdown. */
export class Text {
  constructor(frame, dashboard, widget) {
    this.load = async () => show(frame.body, marked.parse(widget.properties.markdown ?? ""), { ...SAME, ...dashboard });
  }
  wants = () => false;
}

/** A metric widget: the latest value of each metric, as a list. */
export class Metric {
  constructor(frame, dashboard, widget) {
    this.load = () =>
      listed(frame, async () => {
        const rows = await ask("/api/values", { widget: widget.properties, seconds: dashboard.seconds });
        const cells = rows.map(({ label, stat, value, why }) => [label, stat ?? "", value === null ? why : String(value)]);
        return [table(["Metric", "Statistic", "Latest value"], cells), make("p", { className: "note" }, "This page draws no curves and calculates no expressions.")];
      });
  }
  wants = (reason) => reason !== "resize";
}

/** An alarm widget, or one of a single alarm's metric: the state of each, in words. */
export class Alarms {
  constructor(frame, dashboard, widget) {
    const alarms = widget.properties.alarms ?? widget.properties.annotations.alarms;
    this.load = () =>
      listed(frame, async () => {
        const rows = await ask("/api/alarms", { alarms });
        return [make("ul", { className: "alarms" }, ...rows.map(told))];
      });
  }
  wants = (reason) => reason === "refresh";
}

/** Of another type. */
export class Unknown {
  constructor(frame, dashboard, widget) {
    this.load = async () => frame.body.replaceChildren(make("p", { className: "note" }, `A widget of type "${widget.type}", which this page does not show.`));
  }
  wants = () => false;
}

function told({ name, state, reason }) {
  return make("li", {}, make("strong", {}, state), ` ${name}`, state === "OK" || state === "INSUFFICIENT_DATA" ? "" : `: ${reason}`);
}

async function listed(frame, content) {
  frame.busy(true);
  try {
    frame.body.replaceChildren(make("div", { className: "content default-styles" }, ...(await content())));
  } catch (e) {
    showError(frame.body, e.message);
  } finally {
    frame.busy(false);
  }
}

function table(heads, rows) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.map((cells) => make("tr", {}, ...cells.map((text) => make("td", {}, text))))));
}
