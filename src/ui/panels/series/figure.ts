import type { SeriesSet, TimeAxis } from '../../../core/series/SeriesSet';
import { escapeText } from '../../charts/escapeText';
import { baseLayout, type Figure, type LayoutAxis, type Place, plainAxis, type Trace } from '../../charts/figure';
import { firstAtLeast } from '../shared/filled';
import { type Filling, type Pieces, piecesOf } from './pieces';

export interface Row {
  series: number;
  variable: number;
  /** From the file: made safe here. */
  title: string;
  /** Colour of the imputed values: that of the cluster. */
  colour: string;
}

export interface SeriesView {
  set: SeriesSet;
  rows: readonly Row[];
  filling: Filling | null;
  /** [N, T] in [0, 1]: how much each step speaks for its series' cluster. */
  relevance?: Float32Array;
  words: { observed: string; imputed: string; hidden: string; relevance: string; axis: string };
}

export interface SeriesFigure extends Figure {
  /** `rowOf[trace]` is the row that a trace belongs to. */
  rowOf: number[];
}

/** Lengths instead of a name: plotly takes them, its types do not know. */
const DASHED = '4px,3px' as 'dash';

/** Pixels above a row for its title. */
const HEAD = 15;

export const MARGIN = { l: 48, r: 18, t: 4, b: 34 } as const;

/** The rows one below the other, on one time axis. */
export function seriesFigure(view: SeriesView, place: Place): SeriesFigure | null {
  const { set, rows, filling } = view;
  const { theme } = place;
  if (rows.length === 0) return null;
  const head = Math.min(0.45, (HEAD * rows.length) / Math.max(1, place.height - MARGIN.t - MARGIN.b));
  const data: Trace[] = [];
  const rowOf: number[] = [];
  const axes: Record<string, Partial<LayoutAxis>> = {};

  rows.forEach((row, r) => {
    const pieces = piecesOf(set, row.series, row.variable, filling, firstAtLeast);
    const range = valueRange(pieces);
    const yaxis = r === 0 ? 'y' : `y${r + 1}`;
    const bottom = 1 - (r + 1) / rows.length;
    axes[r === 0 ? 'yaxis' : `yaxis${r + 1}`] = {
      ...plainAxis(theme),
      anchor: 'x',
      domain: [bottom, bottom + (1 - head) / rows.length],
      range,
      fixedrange: true,
      nticks: rows.length > 4 ? 2 : 4,
      tickformat: '.4~g',
    };
    if (view.relevance) {
      data.push({ ...relevanceTrace(set, row, view.relevance, range, view.words.relevance), xaxis: 'x', yaxis } as Trace);
      rowOf.push(r);
    }
    for (const trace of rowTraces(pieces, range, row, view, place)) {
      data.push({ ...trace, xaxis: 'x', yaxis } as Trace);
      rowOf.push(r);
    }
  });

  return {
    data,
    rowOf,
    layout: {
      ...baseLayout(place),
      margin: { ...MARGIN },
      hovermode: 'closest',
      dragmode: 'zoom',
      xaxis: { ...plainAxis(theme), ...timeAxis(set.time, Math.max(2, Math.floor(place.width / 110))), anchor: rows.length === 1 ? 'y' : (`y${rows.length}` as 'y'), title: { text: escapeText(view.words.axis, 40), standoff: 4, font: { size: 11, color: theme.text } } },
      ...axes,
      annotations: rows.map((row, r) => ({
        text: escapeText(row.title, 60),
        xref: 'paper',
        yref: 'paper',
        x: 0,
        y: 1 - r / rows.length,
        xanchor: 'left',
        yanchor: 'top',
        showarrow: false,
        font: { size: 11, color: theme.observed },
        borderpad: 1,
      })),
    },
  };
}

/** Share of a row's height that the relevance may take. */
const RELEVANCE_HEIGHT = 0.35;

/** An area at the foot of the row: the higher, the more the step speaks for the cluster. */
function relevanceTrace({ t, time, starts, ends }: SeriesSet, { series, colour }: Row, relevance: Float32Array, [low, high]: [number, number], name: string): Partial<Trace> {
  const steps = Array.from({ length: ends[series] - starts[series] }, (_, at) => starts[series] + at);
  const x = steps.map((step) => time.values[step]);
  const y = steps.map((step) => low + RELEVANCE_HEIGHT * (high - low) * relevance[series * t + step]);
  return { type: 'scatter', name, mode: 'lines', x: [...x, ...x.toReversed()], y: [...y, ...x.map(() => low)], fill: 'toself', fillcolor: `${colour}33`, line: { width: 0 }, hoverinfo: 'skip' } as Partial<Trace>;
}

function rowTraces(pieces: Pieces, [low, high]: [number, number], { colour }: Row, { words }: SeriesView, { theme }: Place): Partial<Trace>[] {
  const { observed, imputed, hidden, gaps } = pieces;
  const hovertemplate = '%{x}: %{y:.5~g}';
  const traces: Partial<Trace>[] = [];
  if (gaps.length > 0) {
    traces.push({
      type: 'scatter',
      mode: 'lines',
      x: gaps.flatMap(({ from, to }) => [from, from, to, to, Number.NaN]),
      y: gaps.flatMap(() => [low, high, high, low, Number.NaN]),
      fill: 'toself',
      fillcolor: theme.gap,
      line: { width: 0 },
      hoverinfo: 'skip',
    });
  }
  if (imputed.x.length > 0) {
    traces.push({ type: 'scatter', name: words.imputed, mode: 'lines', x: imputed.x, y: imputed.y, line: { color: colour, width: 1.75, dash: DASHED }, hovertemplate });
  }
  traces.push({ type: 'scatter', name: words.observed, mode: 'lines', x: observed.x, y: observed.y, line: { color: theme.observed, width: 1.4 }, hovertemplate });
  const lone = loneValues(observed);
  if (lone.x.length > 0) {
    traces.push({ type: 'scatter', name: words.observed, mode: 'markers', x: lone.x, y: lone.y, marker: { color: theme.observed, size: 3.5 }, hovertemplate });
  }
  if (hidden.x.length > 0) {
    traces.push({ type: 'scatter', name: words.hidden, mode: 'markers', x: hidden.x, y: hidden.y, marker: { size: 6, symbol: 'circle-open', color: theme.observed, line: { width: 1.25 } }, hovertemplate });
  }
  return traces;
}

/** Values whose neighbours are both missing: they would not show on a line. */
function loneValues({ x, y }: Pieces['observed']): { x: number[]; y: number[] } {
  const missing = (at: number): boolean => at < 0 || at >= y.length || Number.isNaN(y[at]);
  const lone = Array.from(y.keys()).filter((at) => !missing(at) && missing(at - 1) && missing(at + 1));
  return { x: lone.map((at) => x[at]), y: lone.map((at) => y[at]) };
}

/** The known values fix the scale, so that it stays put while the imputed ones move; these may go half a span beyond. */
function valueRange({ low, high, imputed }: Pieces): [number, number] {
  let [from, to] = low > high ? [Infinity, -Infinity] : [low, high];
  const beyond = low > high ? Infinity : (high - low || 1) / 2;
  for (const value of imputed.y) {
    if (value < from) from = Math.max(value, low > high ? value : low - beyond);
    if (value > to) to = Math.min(value, low > high ? value : high + beyond);
  }
  if (from > to) return [0, 1];
  const room = (to - from) * 0.06 || 0.5;
  return [from - room, to + room];
}

const DAY_MS = 86_400_000;

/** Times without a date are read as times of the first day of 1970, which nobody means. */
function isTimeOfDay(values: Float64Array): boolean {
  return values.every((value) => value >= 0 && value < DAY_MS) && values.some((value) => value > 0);
}

/** The time axis; names of steps are told at most `most` times. */
function timeAxis({ kind, values, texts }: TimeAxis, most: number): Partial<LayoutAxis> {
  if (kind === 'date' && isTimeOfDay(values)) return { type: 'date', tickformat: '%H:%M', hoverformat: '%H:%M' };
  if (kind === 'date') return { type: 'date', hoverformat: '%Y-%m-%d %H:%M' };
  const half = values.length > 1 ? (values[1] - values[0]) / 2 : 0.5;
  const range: [number, number] = [values[0] - half, values[values.length - 1] + half];
  if (kind === 'number' || values.every((value, at) => texts[at] === String(value))) return { type: 'linear', range };
  const every = Math.max(1, Math.ceil(values.length / most));
  const shown = Array.from(values.keys()).filter((at) => at % every === 0);
  return { type: 'linear', range, tickmode: 'array', tickangle: 0, tickvals: shown.map((at) => values[at]), ticktext: shown.map((at) => escapeText(texts[at] ?? '', 14)) };
}
