import type { CanvasPlace } from './Canvas';

type Context = CanvasRenderingContext2D;

/** Free pixels around a drawing. */
export interface Margin {
  l: number;
  r: number;
  t: number;
  b: number;
}

/** A straight line of one pixel, sharp. */
export function hairline(context: Context, x0: number, y0: number, x1: number, y1: number): void {
  const sharp = (at: number): number => Math.round(at) + 0.5;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(sharp(x0), sharp(y0));
  context.lineTo(sharp(x1), sharp(y1));
  context.stroke();
}

/** A line through points, with a hole where a value is not finite. */
export function paintLine(context: Context, places: Iterable<number>, left: (at: number) => number, top: (at: number) => number): void {
  context.lineJoin = 'round';
  context.beginPath();
  let before = false;
  for (const at of places) {
    const y = top(at);
    const known = Number.isFinite(y);
    if (known && before) context.lineTo(left(at), y);
    else if (known) context.moveTo(left(at), y);
    before = known;
  }
  context.stroke();
}

/**
 * The places of `values` worth drawing where many fall on one of `columns` pixels: of each pixel the first, the least,
 * the largest and the last, so that no peak is lost. A gap of a pixel and more stays.
 */
export function worthDrawing(values: ArrayLike<number>, columnOf: (at: number) => number, columns: number): number[] {
  if (values.length <= 4 * columns) return Array.from({ length: values.length }, (_, at) => at);
  const kept: number[] = [];
  for (let from = 0; from < values.length; ) {
    let to = from + 1;
    let [least, most] = [from, from];
    while (to < values.length && columnOf(to) === columnOf(from)) {
      if (values[to] < values[least] || Number.isNaN(values[least])) least = to;
      if (values[to] > values[most] || Number.isNaN(values[most])) most = to;
      to++;
    }
    kept.push(...new Set([from, least, most, to - 1].sort((a, b) => a - b)));
    from = to;
  }
  return kept;
}

/** What the pointer stands on: a title, and a colour and words a row. */
export interface Card {
  title: string;
  rows: readonly { colour: string; text: string }[];
}

const ROW = 15;
const PAD = 7;

/** An upright at `x`, and a card beside it, at height `y` or where there is room. */
export function paintCard(context: Context, { title, rows }: Card, x: number, y: number, margin: Margin, { width, height, theme }: CanvasPlace): void {
  context.strokeStyle = theme.axis;
  context.setLineDash([3, 3]);
  hairline(context, x, margin.t, x, height - margin.b);
  context.setLineDash([]);
  context.font = `11px ${theme.font}`;
  const wide = Math.max(context.measureText(title).width, ...rows.map(({ text }) => context.measureText(text).width + 12)) + 2 * PAD;
  const high = (rows.length + 1) * ROW + PAD;
  const left = x + 10 + wide > width ? Math.max(0, x - 10 - wide) : x + 10;
  const top = Math.max(0, Math.min(y, height - high - 2));
  context.fillStyle = theme.card;
  context.beginPath();
  context.roundRect(Math.round(left) + 0.5, Math.round(top) + 0.5, wide, high, 4);
  context.fill();
  context.stroke();
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  context.fillText(title, left + PAD, top + PAD + ROW / 2 - 2);
  rows.forEach(({ colour, text }, at) => {
    const middle = top + PAD + (at + 1.5) * ROW - 2;
    context.fillStyle = colour;
    context.fillRect(left + PAD, middle - 1, 8, 2.5);
    context.fillStyle = theme.observed;
    context.fillText(text, left + PAD + 12, middle);
  });
}

/** The stretch that a person draws to zoom to. */
export function paintBand(context: Context, from: number, to: number, margin: Margin, { height, theme }: CanvasPlace): void {
  context.globalAlpha = 0.12;
  context.fillStyle = theme.accent;
  context.fillRect(Math.min(from, to), margin.t, Math.abs(to - from), height - margin.t - margin.b);
  context.globalAlpha = 1;
}
