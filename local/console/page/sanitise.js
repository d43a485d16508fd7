import DOMPurify from "/lib/purify.js";

/*
 * AWS behaviour ("Security and JavaScript for custom CloudWatch widgets", "Interactivity in the custom widget", Amazon CloudWatch User
 * Guide): JavaScript and "other known security vulnerabilities" are removed, <iframe> and <use> among them; most other HTML, <style> and
 * SVG stay. These are DOMPurify's defaults, but for <cwdb-action>, and for `target`, which AWS's own samples set.
 *
 * Inside <svg> a <cwdb-action> is an element of SVG that SVG does not have, and goes as every such element does.
 */
const KEPT = {
  CUSTOM_ELEMENT_HANDLING: {
    tagNameCheck: /^cwdb-action$/,
    attributeNameCheck: /^(action|confirmation|display|endpoint|event)$/,
  },
  ADD_ATTR: ["target"],
  FORCE_BODY: true, // a leading <style> would go to the head, and be lost
  RETURN_DOM_FRAGMENT: true,
};

/** What is left of somebody's HTML, and a sentence for each thing that was taken out of it. */
export function sanitised(html) {
  const left = DOMPurify.sanitize(html, KEPT);
  const removed = DOMPurify.removed.map(named).filter(Boolean);
  return { left, problems: [...new Set(removed)] };
}

function named({ element, attribute, from }) {
  if (attribute) return `removed, as CloudWatch does: ${attribute.name}="${short(attribute.value)}" of <${from.localName}>`;
  if (element.nodeType === Node.COMMENT_NODE || element.localName === "remove") return ""; // <remove> is DOMPurify's own, for FORCE_BODY
  if (element.nodeType !== Node.ELEMENT_NODE) return `removed, as CloudWatch does: ${short(element.textContent)}`;
  const inside = element.namespaceURI.endsWith("/svg") ? " inside <svg>" : "";
  return `removed, as CloudWatch does: <${element.localName}>${inside}`;
}

function short(text) {
  return text.length > 60 ? text.slice(0, 59) + "…" : text;
}
