/*
 * AWS behaviour ("Interactivity in the custom widget in CloudWatch", Amazon CloudWatch User Guide): a <cwdb-action> is what happens on an
 * event of the element immediately before it: `html` (the default) shows its content, `call` hands its content, JSON, to the Lambda
 * function `endpoint`; in the widget (the default) or a popup; after a confirmation if it has one. `mouseenter` is for `html` only.
 */
const VALUES = {
  action: ["html", "call"],
  display: ["widget", "popup"],
  event: ["click", "dblclick", "mouseenter"],
};
const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const KEYBOARD = "a[href], button, input, select, textarea, summary";

/** Binds every action below `root` to the element before it; `take` is called with what it asks for. Returns what is wrong with them. */
export function bind(root, take) {
  const problems = [];
  for (const element of root.querySelectorAll("cwdb-action")) {
    if (element.parentElement?.closest("cwdb-action")) continue; // shown and bound with the content that it is part of
    try {
      const action = read(element);
      const { previousElementSibling: target } = element;
      if (action.event !== "mouseenter" && !target.matches(KEYBOARD)) problems.push(`no keyboard reaches <${target.localName}> "${target.textContent.trim().slice(0, 40)}": use <button>`);
      target.addEventListener(action.event, (event) => {
        event.preventDefault();
        take({ ...action, target });
      });
    } catch (e) {
      problems.push(`<cwdb-action> without effect: ${e.message}`);
    }
  }
  return problems;
}

function read(element) {
  const before = element.previousElementSibling;
  if (!before || before.localName === "cwdb-action") throw new Error("no element stands right before it");
  const action = { confirmation: element.getAttribute("confirmation"), endpoint: element.getAttribute("endpoint") };
  for (const [name, values] of Object.entries(VALUES)) {
    action[name] = element.getAttribute(name) ?? values[0];
    if (!values.includes(action[name])) throw new Error(`${name} is one of ${values.join(", ")}, not "${action[name]}"`);
  }
  if (action.action === "html") return { ...action, content: element.innerHTML };
  if (!FUNCTION.test(action.endpoint ?? "")) throw new Error(`endpoint is not the ARN of a Lambda function: "${action.endpoint ?? ""}"`);
  if (action.event === "mouseenter") throw new Error("mouseenter cannot call a function");
  return { ...action, parameters: parameters(element.textContent) };
}

function parameters(text) {
  if (!text.trim()) return {};
  let value;
  try {
    value = JSON.parse(text);
  } catch (e) {
    throw new Error(`its content is not JSON: ${e.message}`);
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error("its content is not a JSON object");
  return value;
}
