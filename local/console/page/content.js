import { marked } from "/lib/marked.js";
import { bind } from "/actions.js";
import { make } from "/dom.js";
import { sanitised } from "/sanitise.js";

/**
 * Shows what a function has answered: a string is HTML, {"markdown": …} is Markdown, all else is JSON ("Details about custom widgets in
 * CloudWatch dashboards"). `take` is called with the actions that people trigger in it.
 */
export function show(place, answer, { theme, take, base }) {
  if (typeof answer === "string") return showHtml(place, answer, { theme, take, base });
  if (typeof answer?.markdown === "string") return showHtml(place, marked.parse(answer.markdown), { theme, take, base });
  return showHtml(place, make("pre", {}, JSON.stringify(answer, null, 2)).outerHTML, { theme, take, base });
}

export function showError(place, message) {
  place.replaceChildren(make("p", { className: "error", role: "alert" }, message));
}

function showHtml(place, html, { theme, take, base }) {
  const { left, problems } = sanitised(html);
  const root = make("div", { className: "content" });
  root.append(left);
  // Names of AWS's: its own sample costExplorerReport styles what is below `cwdb-theme-dark`.
  root.classList.toggle("cwdb-theme-dark", theme === "dark");
  root.classList.toggle("default-styles", !root.querySelector(".cwdb-no-default-styles"));
  problems.push(...bind(root, take));
  root.addEventListener("submit", (event) => event.preventDefault());
  for (const link of root.querySelectorAll("a[href]")) lead(link, base);
  place.replaceChildren(root);
  if (problems.length) place.append(trouble(problems));
}

/** Links are the AWS console's own, so that a relative one leads there; this page stays. */
function lead(link, base) {
  link.href = new URL(link.getAttribute("href"), base).href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

function trouble(problems) {
  return make(
    "section",
    { className: "problems", ariaLabel: "What is wrong with this answer" },
    make("p", { className: "error" }, "What is wrong with this answer:"),
    make("ul", {}, ...problems.map((problem) => make("li", {}, problem))),
  );
}
