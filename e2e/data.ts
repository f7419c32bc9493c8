/** Small tables with gaps, the same in every run. */

/** A generator of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const shapes: readonly ((u: number) => number)[] = [(u) => Math.sin(u * Math.PI * 4), (u) => 2 * u - 1, (u) => (u > 0.3 && u < 0.7 ? 1.5 : -0.5)];
export const shapeNames = ['wave', 'ramp', 'plateau'] as const;

export interface Table {
  header: string[];
  /** Text of each cell; empty where missing. */
  rows: string[][];
  csv: string;
}

/** One series a row: id, class, then the steps; the classes take turns. */
export function gappyTable({ series = 24, steps = 30, gaps = 0.25, seed = 1, ids = (i: number) => `s${i + 1}` } = {}): Table {
  const random = seeded(seed);
  const header = ['id', 'class', ...Array.from({ length: steps }, (_, t) => `t${t + 1}`)];
  const rows = Array.from({ length: series }, (_, i) => {
    const kind = i % shapes.length;
    const cells = Array.from({ length: steps }, (__, t) => {
      const value = shapes[kind](t / (steps - 1)) + 0.2 * (random() + random() - 1);
      return random() < gaps ? '' : value.toFixed(4);
    });
    return [ids(i), shapeNames[kind], ...cells];
  });
  return { header, rows, csv: [header, ...rows].map((row) => row.map(quoted).join(',')).join('\n') + '\n' };
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The cells of a CSV text. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (inside) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[i++];
      else inside = false;
    } else if (c === '"') inside = true;
    else if (c === ',' || c === '\n') {
      rows.at(-1)?.push(cell.replace(/\r$/, ''));
      cell = '';
      if (c === '\n') rows.push([]);
    } else cell += c;
  }
  return rows.filter((row) => row.length > 0);
}
