import type { CanvasPlace } from '../../charts/Canvas';
import { hairline, paintLine, worthDrawing } from '../../charts/paint';
import type { Axis, Line, LossesFigure } from './figure';

export const MARGIN = { l: 52, r: 12, t: 10, b: 34 } as const;

/** Leads from epochs and values to pixels, and from pixels to epochs. */
export interface Scales {
  left(epoch: number): number;
  top(value: number): number;
  epoch(left: number): number;
}

export function scalesOf({ x, y }: LossesFigure, { width, height }: { width: number; height: number }): Scales {
  const [across, down] = [width - MARGIN.l - MARGIN.r, height - MARGIN.t - MARGIN.b];
  return {
    left: (epoch) => MARGIN.l + ((epoch - x.low) / (x.high - x.low)) * across,
    top: (value) => MARGIN.t + ((y.high - value) / (y.high - y.low)) * down,
    epoch: (left) => x.low + ((left - MARGIN.l) / across) * (x.high - x.low),
  };
}

/** A line at an epoch: where an option changed (with what to say of it), or the epoch that all charts show. */
export interface Upright {
  epoch: number;
  text: string | null;
  shown: boolean;
}

type Context = CanvasRenderingContext2D;

/** Axes, uprights and lines. */
export function paintLosses(context: Context, figure: LossesFigure, uprights: readonly Upright[], axisTitle: string, place: CanvasPlace): void {
  const { width, height, theme } = place;
  const scales = scalesOf(figure, place);
  const [right, bottom] = [width - MARGIN.r, height - MARGIN.b];
  context.clearRect(0, 0, width, height);
  context.font = `10px ${theme.font}`;
  paintAxes(context, figure, scales, place);
  context.fillStyle = theme.text;
  context.font = `11px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(axisTitle, (MARGIN.l + right) / 2, height - 6);

  context.save();
  context.beginPath();
  context.rect(MARGIN.l - 1, 0, right - MARGIN.l + 2, bottom);
  context.clip();
  for (const upright of uprights) paintUpright(context, upright, scales, place, uprights);
  for (const line of figure.lines) paintTerm(context, figure.epochs, line, scales, right - MARGIN.l);
  context.restore();
}

function paintAxes(context: Context, { x, y }: LossesFigure, { left, top }: Scales, { width, height, theme }: CanvasPlace): void {
  const [right, bottom] = [width - MARGIN.r, height - MARGIN.b];
  const inside = ({ low, high, ticks }: Axis) => ticks.filter(({ at }) => at >= low && at <= high);
  context.strokeStyle = theme.grid;
  for (const { at } of inside(x)) hairline(context, left(at), MARGIN.t, left(at), bottom);
  for (const { at } of inside(y)) hairline(context, MARGIN.l, top(at), right, top(at));
  context.strokeStyle = theme.axis;
  hairline(context, MARGIN.l, MARGIN.t, MARGIN.l, bottom);
  hairline(context, MARGIN.l, bottom, right, bottom);
  context.fillStyle = theme.text;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const { at, text } of inside(x)) context.fillText(text, left(at), bottom + 5);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { at, text } of inside(y)) context.fillText(text, MARGIN.l - 4, top(at));
}

function paintTerm(context: Context, epochs: Float64Array, { colour, dash, values }: Line, { left, top }: Scales, columns: number): void {
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.75;
  context.setLineDash([...dash]);
  paintLine(context, worthDrawing(values, (i) => Math.floor(left(epochs[i])), columns), (at) => left(epochs[at]), (at) => top(values[at]));
  context.setLineDash([]);
  if (epochs.length > 1) return;
  context.beginPath();
  context.arc(left(epochs[0]), top(values[0]), 3, 0, 2 * Math.PI);
  context.fill();
}

/** Letters of a change that stand above the curves; the card has all of them. */
const LONGEST = 28;

/** The newest change is told in words; the older ones would lie over each other. */
function paintUpright(context: Context, { epoch, text, shown }: Upright, { left, epoch: epochAt }: Scales, { width, height, theme }: CanvasPlace, all: readonly Upright[]): void {
  context.strokeStyle = shown ? theme.marker : theme.axis;
  context.setLineDash(shown ? [] : [3, 3]);
  hairline(context, left(epoch), MARGIN.t, left(epoch), height - MARGIN.b);
  context.setLineDash([]);
  if (text === null) return;
  const newest = all.findLast((one) => one.text !== null)?.text === text;
  const late = epoch > epochAt(width / 2);
  context.fillStyle = theme.text;
  context.font = `10px ${theme.font}`;
  context.textBaseline = 'alphabetic';
  context.textAlign = newest ? (late ? 'right' : 'left') : 'center';
  const said = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  context.fillText(newest ? (late ? `${said} ▾` : `▾ ${said}`) : '▾', left(epoch) + (newest ? (late ? 4 : -4) : 0), MARGIN.t - 1);
}
