import { ask } from "/aws.js";
import { Custom } from "/custom.js";
import { make } from "/dom.js";
import { Frame } from "/frame.js";
import { Alarms, Metric, Text, Unknown } from "/plain.js";

const SETTLES_MS = 400;
const controls = document.getElementById("controls").elements;
const place = document.getElementById("widgets");
const said = document.getElementById("said");
const wanted = new URLSearchParams(location.search);

let widgets = [];
let timer = 0;
let account = {};
let rangeIsChosen = false;

function kind({ type, properties }) {
  if (type === "custom") return Custom;
  if (type === "text") return Text;
  if (type === "alarm" || (type === "metric" && properties.annotations?.alarms)) return Alarms;
  return type === "metric" ? Metric : Unknown;
}

async function draw() {
  const name = controls.dashboard.value;
  const body = await ask("/api/dashboard", { name });
  if (!rangeIsChosen) controls.range.value = seconds(body.start ?? "-PT3H");
  const dashboard = {
    name,
    theme: controls.theme.value,
    seconds: Number(controls.range.value),
    accountId: account.accountId,
    base: `https://${account.region}.console.aws.amazon.com/cloudwatch/home`,
  };
  document.querySelector("h1").textContent = name;
  document.title = `${name} on the local AWS`;
  widgets = body.widgets.map((widget, number) => {
    const whole = { ...widget, id: `widget-${number}`, properties: widget.properties ?? {} };
    const frame = new Frame(whole);
    place.append(frame.element);
    const drawn = new (kind(whole))(frame, dashboard, whole);
    if (whole.type === "custom") frame.offer("Refresh", () => drawn.load());
    return { drawn, dashboard, frame };
  });
  await load("first");
  widgets.forEach(watchSize);
}

async function load(reason) {
  const asked = widgets.filter(({ drawn }) => reason === "first" || drawn.wants(reason));
  said.textContent = "Loading…";
  await Promise.all(asked.map(({ drawn }) => drawn.load()));
  said.textContent = `Read at ${new Date().toLocaleTimeString("en-GB")}`;
}

/** A widget that wants to know is asked again when its size has settled. */
function watchSize({ drawn, frame }) {
  let width = frame.body.clientWidth;
  let waiting = 0;
  new ResizeObserver(() => {
    if (frame.body.clientWidth === width) return;
    width = frame.body.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => drawn.wants("resize") && drawn.load(), SETTLES_MS);
  }).observe(frame.body);
}

/** Of a duration before now, as "Dashboard Body Structure and Syntax" has it for `start`, the longest that can be chosen within it. */
function seconds(start) {
  const [, days = 0, hours = 0, minutes = 0] = /^-P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(start) ?? [];
  const wanted = days * 86400 + hours * 3600 + minutes * 60;
  const all = [...controls.range.options].map((option) => Number(option.value));
  return String(Math.max(all[0], ...all.filter((one) => one <= wanted)));
}

async function show() {
  document.documentElement.dataset.theme = controls.theme.value;
  history.replaceState(null, "", `?${new URLSearchParams({ dashboard: controls.dashboard.value, theme: controls.theme.value })}`);
  place.replaceChildren();
  try {
    await draw();
  } catch (e) {
    place.replaceChildren(make("p", { className: "error", role: "alert" }, e.message));
  }
}

async function start() {
  controls.theme.value = wanted.get("theme") === "dark" ? "dark" : "light";
  account = await ask("/api/dashboards");
  for (const name of account.dashboards) controls.dashboard.append(make("option", { value: name, selected: name === wanted.get("dashboard") }, name));
  if (!account.dashboards.length) throw new Error("The stack that is deployed here has no dashboard.");
  for (const name of ["dashboard", "theme"]) controls[name].addEventListener("change", show);
  controls.range.addEventListener("change", () => {
    rangeIsChosen = true;
    for (const { dashboard } of widgets) dashboard.seconds = Number(controls.range.value);
    load("timeRange");
  });
  controls.every.addEventListener("change", () => {
    clearInterval(timer);
    if (Number(controls.every.value)) timer = setInterval(() => load("refresh"), controls.every.value * 1000);
  });
  document.getElementById("refresh").addEventListener("click", () => load("first")); // the button asks all; only the clock minds updateOn
  await show();
}

start().catch((e) => place.replaceChildren(make("p", { className: "error", role: "alert" }, e.message)));
