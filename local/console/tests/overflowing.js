// What is wider than its place, cut off, too small to read, or over something else.
() => {
  const found = [];
  const told = (e) => `<${e.localName} class="${e.getAttribute('class') ?? ''}"> ${(e.textContent ?? '').trim().slice(0, 40)}`;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide, the window ${clientWidth}`);
  for (const e of document.querySelectorAll('.body, .body *:not(svg *), dialog, dialog *:not(svg *)')) {
    const style = getComputedStyle(e);
    if (style.display === 'inline' || !e.clientWidth) continue;
    const shortened = style.textOverflow === 'ellipsis' && e.closest('[title]');
    if (e.scrollWidth > e.clientWidth + 1 && !shortened) found.push(`${told(e)}: ${e.scrollWidth} px in ${e.clientWidth}`);
  }
  for (const svg of document.querySelectorAll('.body svg')) {
    const edge = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].map((text) => [text, text.getBoundingClientRect()]).filter(([, r]) => r.width);
    for (const [text, r] of texts) {
      if (r.left < edge.left - 1 || r.right > edge.right + 1 || r.top < edge.top - 1 || r.bottom > edge.bottom + 1)
        found.push(`${told(text)} leaves its picture`);
      if (r.height < 9) found.push(`${told(text)} is ${r.height} px high`);
    }
    for (const [i, [text, a]] of texts.entries())
      for (const [other, b] of texts.slice(i + 1))
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
          found.push(`${told(text)} lies over ${told(other)}`);
  }
  return found;
}
