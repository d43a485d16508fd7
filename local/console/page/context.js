/**
 * What comes with every call of a widget's function, as in "Details about custom widgets in CloudWatch dashboards" (Amazon CloudWatch
 * User Guide).
 */
export function widgetContext(dashboard, widget, body, places) {
  const end = Date.now();
  const minutes = -new Date().getTimezoneOffset();
  return {
    dashboardName: dashboard.name,
    widgetId: widget.id,
    domain: location.origin,
    accountId: dashboard.accountId,
    locale: "en",
    timezone: { label: minutes ? "Local" : "UTC", offsetISO: offset(minutes), offsetInMinutes: minutes },
    period: 300,
    isAutoPeriod: true,
    timeRange: { mode: "relative", start: end - dashboard.seconds * 1000, end, relativeStart: dashboard.seconds * 1000 },
    theme: dashboard.theme,
    linkCharts: false,
    title: widget.properties.title ?? "",
    forms: { all: fields(places) },
    params: widget.properties.params ?? {},
    ...space(body),
  };
}

/** "Width and height of the visible area of the widget" (cloudwatch-custom-widgets-samples): what its content can take. */
function space(body) {
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(body);
  return {
    width: Math.floor(body.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)),
    height: Math.floor(body.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)),
  };
}

/** The named fields of the widget and of its popup, by name; what waits in a <cwdb-action> is not shown yet, and does not count. */
function fields(places) {
  const all = {};
  for (const field of places.flatMap((place) => [...place.querySelectorAll("input[name], select[name], textarea[name]")])) {
    if (field.closest("cwdb-action") || field.disabled) continue;
    if (field.type === "checkbox") all[field.name] = field.checked;
    else if (field.type !== "radio" || field.checked) all[field.name] = field.value;
  }
  return all;
}

function offset(minutes) {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
