const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Longer names would push the drawing off the page. */
const LONGEST = 80;

/**
 * Text from a file, made safe for plotly, which reads trace names, titles, ticks and hover texts as a kind of HTML
 * (with images by css url) and decodes entities. Control and direction marks go, as they could reorder what surrounds
 * them; a dollar sign is kept apart from a second one, so that nothing is ever taken for TeX.
 */
export function escapeText(text: string, longest: number = LONGEST): string {
  const plain = text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');
  const letters = Array.from(plain);
  const cut = letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : plain;
  return cut.replace(/[&<>]/g, (mark) => MARKS[mark]).replace(/^\$/, '\u200b$');
}
