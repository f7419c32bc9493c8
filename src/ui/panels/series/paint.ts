import type { CanvasPlace } from '../../charts/Canvas';
import { hairline, paintLine, worthDrawing } from '../../charts/paint';
import type { DrawnRow, SeriesFigure } from './figure';

export const MARGIN = { l: 48, r: 18, t: 4, b: 34 } as const;

/** Pixels above a row for its title. */
const HEAD = 15;

/** Share of a row's height that the relevance may take. */
const RELEVANCE_HEIGHT = 0.35;

type Context = CanvasRenderingContext2D;

/** Leads from times and values to pixels, and from pixels to times and rows. */
export interface Scales {
  left(time: number): number;
  time(left: number): number;
  /** The row at a height. */
  row(top: number): number;
  band(row: number): { top: number; bottom: number };
}

export function scalesOf({ rows, x }: SeriesFigure, { width, height }: { width: number; height: number }): Scales {
  const [across, down] = [width - MARGIN.l - MARGIN.r, height - MARGIN.t - MARGIN.b];
  const each = down / rows.length;
  const head = Math.min(HEAD, 0.45 * each);
  return {
    left: (time) => MARGIN.l + ((time - x.low) / (x.high - x.low)) * across,
    time: (left) => x.low + ((left - MARGIN.l) / across) * (x.high - x.low),
    row: (top) => Math.min(rows.length - 1, Math.max(0, Math.floor((top - MARGIN.t) / each))),
    band: (row) => ({ top: MARGIN.t + row * each + head, bottom: MARGIN.t + (row + 1) * each }),
  };
}

/** Where a value of a row stands. */
export const topOf = ({ low, high }: DrawnRow, { top, bottom }: { top: number; bottom: number }) => (value: number): number => bottom - ((value - low) / (high - low)) * (bottom - top);

export function paintSeries(context: Context, figure: SeriesFigure, axisTitle: string, place: CanvasPlace): void {
  const { width, height, theme } = place;
  const scales = scalesOf(figure, place);
  const [right, bottom] = [width - MARGIN.r, height - MARGIN.b];
  context.clearRect(0, 0, width, height);
  figure.rows.forEach((row, r) => paintRow(context, row, r, figure, scales, place));
  context.strokeStyle = theme.axis;
  hairline(context, MARGIN.l, bottom, right, bottom);
  context.fillStyle = theme.text;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.font = `10px ${theme.font}`;
  for (const { at, text, below } of figure.x.ticks) {
    context.fillText(text, scales.left(at), bottom + 5);
    if (below) context.fillText(below, scales.left(at), bottom + 17);
  }
  if (figure.x.ticks.some(({ below }) => below)) return;
  context.font = `11px ${theme.font}`;
  context.fillText(axisTitle, (MARGIN.l + right) / 2, height - 15);
}

function paintRow(context: Context, row: DrawnRow, r: number, { x }: SeriesFigure, scales: Scales, { width, theme }: CanvasPlace): void {
  const band = scales.band(r);
  const { left } = scales;
  const top = topOf(row, band);
  const right = width - MARGIN.r;
  context.fillStyle = theme.observed;
  context.font = `11px ${theme.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(row.title, MARGIN.l + 2, band.top - 4);

  context.fillStyle = theme.text;
  context.font = `10px ${theme.font}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.strokeStyle = theme.grid;
  for (const { at, text } of row.ticks) {
    hairline(context, MARGIN.l, top(at), right, top(at));
    context.fillText(text, MARGIN.l - 4, top(at));
  }
  for (const { at } of x.ticks) hairline(context, left(at), band.top, left(at), band.bottom);
  context.strokeStyle = theme.axis;
  hairline(context, MARGIN.l, band.top, MARGIN.l, band.bottom);

  context.save();
  context.beginPath();
  context.rect(MARGIN.l, band.top - 1, right - MARGIN.l, band.bottom - band.top + 2);
  context.clip();
  paintPieces(context, row, scales, band, right - MARGIN.l, theme);
  context.restore();
}

function paintPieces(context: Context, row: DrawnRow, { left }: Scales, band: { top: number; bottom: number }, columns: number, theme: CanvasPlace['theme']): void {
  const { observed, imputed, hidden, gaps } = row.pieces;
  const top = topOf(row, band);
  context.fillStyle = theme.gap;
  for (const { from, to } of gaps) context.fillRect(left(from), band.top, left(to) - left(from), band.bottom - band.top);
  if (row.relevance !== null) paintRelevance(context, row, row.relevance, left, band);

  const line = ({ x, y }: { x: ArrayLike<number>; y: ArrayLike<number> }): void => paintLine(context, worthDrawing(y, (at) => Math.floor(left(x[at])), columns), (at) => left(x[at]), (at) => top(y[at]));
  context.strokeStyle = row.colour;
  context.lineWidth = 1.75;
  context.setLineDash([4, 3]);
  line(imputed);
  context.setLineDash([]);
  context.strokeStyle = context.fillStyle = theme.observed;
  context.lineWidth = 1.4;
  line(observed);
  for (const at of row.lone) dot(context, left(observed.x[at]), top(observed.y[at]), 1.75).fill();
  context.lineWidth = 1.25;
  hidden.x.forEach((time, i) => dot(context, left(time), top(hidden.y[i]), 3).stroke());
}

function dot(context: Context, x: number, y: number, radius: number): Context {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  return context;
}

/** An area at the foot of the row: the higher, the more the step speaks for the cluster. */
function paintRelevance(context: Context, { colour, pieces }: DrawnRow, relevance: Float32Array, left: (time: number) => number, { top, bottom }: { top: number; bottom: number }): void {
  const { x } = pieces.observed;
  context.fillStyle = `${colour}33`;
  context.beginPath();
  context.moveTo(left(x[0]), bottom);
  relevance.forEach((share, at) => context.lineTo(left(x[at]), bottom - RELEVANCE_HEIGHT * (bottom - top) * share));
  context.lineTo(left(x[x.length - 1]), bottom);
  context.fill();
}
