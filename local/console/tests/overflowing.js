// What is wider than its place, cut off, too small to read, or over something else.
() => {
  const found = [];
  const told = (e) => `<${e.localName} class="${e.getAttribute("class") ?? ""}"> ${(e.textContent ?? "").trim().slice(0, 40)}`;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide, the window ${clientWidth}`);

  for (const e of document.querySelectorAll(".body, .body *:not(svg *), dialog, dialog *:not(svg *)")) {
    const style = getComputedStyle(e);
    if (style.display === "inline" || !e.clientWidth || style.clipPath === "inset(50%)") continue;
    if (style.textOverflow === "ellipsis" && e.closest("[title]")) continue;
    if (e.scrollWidth > e.clientWidth + 1) found.push(`${told(e)}: ${e.scrollWidth} px in ${e.clientWidth}`);
  }

  for (const svg of document.querySelectorAll(":is(.body, dialog) :not(svg *):is(svg)")) {
    const texts = [...svg.querySelectorAll("text")].map((text) => [text, text.getBoundingClientRect()]).filter(([, r]) => r.width);
    for (const [text, r] of texts) {
      if (r.height < 9) found.push(`${told(text)} is ${r.height} px high`);
      for (let edge = text.ownerSVGElement; edge && svg.contains(edge); edge = edge.ownerSVGElement)
        if (leaves(r, place(edge))) found.push(`${told(text)} leaves its picture`);
    }
    for (const [i, [text, a]] of texts.entries())
      for (const [other, b] of texts.slice(i + 1)) if (covers(a, b)) found.push(`${told(text)} lies over ${told(other)}`);
  }
  return found;

  // Of an inner <svg> getBoundingClientRect tells what is in it, not what it shows.
  function place(svg) {
    if (!svg.ownerSVGElement) return svg.getBoundingClientRect();
    const { e: left, f: top, a: scale } = svg.getScreenCTM();
    return { left, top, right: left + svg.width.baseVal.value * scale, bottom: top + svg.height.baseVal.value * scale };
  }

  function leaves(r, edge) {
    return r.left < edge.left - 1 || r.right > edge.right + 1 || r.top < edge.top - 2 || r.bottom > edge.bottom + 2;
  }

  function covers(a, b) {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return wide > 2 && high > 3;
  }
}
