import type { PlotlyHTMLElement } from 'plotly.js/lib/core';

/** A point of a figure: which trace, which point of it. */
export interface PointRef {
  trace: number;
  point: number;
  x: number;
  y: number;
  /** Pixels from the top left of the chart, where known. */
  left: number;
  top: number;
}

/** A closed line in data units. */
export interface Outline {
  x: readonly number[];
  y: readonly number[];
}

export interface Keys {
  shift: boolean;
  alt: boolean;
}

export interface PlotEvents {
  click?(point: PointRef, keys: Keys): void;
  hover?(point: PointRef | null): void;
  /** A lasso or rectangle was drawn. */
  outline?(outline: Outline, keys: Keys): void;
  /** The person zoomed or panned; null: went back to the whole. */
  zoom?(ranges: Readonly<Record<string, unknown>> | null): void;
  /** A name in the legend was used; the chart itself shows or hides the trace. */
  legend?(): void;
}

interface RawPoint {
  curveNumber: number;
  pointNumber: number;
  x: unknown;
  y: unknown;
  xPixel?: number;
  yPixel?: number;
}

/** Hands plotly's events over in plain words. `events` is asked each time, so that the newest handlers run. */
export function attachEvents(chart: PlotlyHTMLElement, events: () => PlotEvents): void {
  const keys: Keys = { shift: false, alt: false };
  const noteKeys = (event: { shiftKey: boolean; altKey: boolean }): void => {
    keys.shift = event.shiftKey;
    keys.alt = event.altKey;
  };
  chart.addEventListener('pointerdown', noteKeys, true);

  chart.on('plotly_click', ({ points }) => {
    if (points.length > 0) events().click?.(pointRef(points[0]), { ...keys });
  });
  chart.on('plotly_hover', ({ points }) => events().hover?.(points.length > 0 ? pointRef(points[0]) : null));
  chart.on('plotly_unhover', () => events().hover?.(null));
  chart.on('plotly_selected', (event) => {
    const outline = event ? outlineOf(event as never) : null;
    if (outline !== null) events().outline?.(outline, { ...keys });
  });
  chart.on('plotly_relayout', (change) => {
    const ranges = Object.fromEntries(Object.entries(change).filter(([key]) => /^[xy]axis\d*\.range/.test(key)));
    if (Object.keys(ranges).length > 0) events().zoom?.(ranges);
    else if (Object.keys(change).some((key) => /^[xy]axis\d*\.autorange$/.test(key))) events().zoom?.(null);
  });
  chart.on('plotly_doubleclick', () => events().zoom?.(null));
}

function pointRef({ curveNumber, pointNumber, x, y, xPixel, yPixel }: RawPoint): PointRef {
  return { trace: curveNumber, point: pointNumber, x: Number(x), y: Number(y), left: xPixel ?? Number.NaN, top: yPixel ?? Number.NaN };
}

function outlineOf(event: { lassoPoints?: Record<string, number[]>; range?: Record<string, number[]> }): Outline | null {
  const { lassoPoints, range } = event;
  if (lassoPoints) return { x: lassoPoints.x ?? [], y: lassoPoints.y ?? [] };
  if (!range?.x || !range.y) return null;
  const [[x0, x1], [y0, y1]] = [range.x, range.y];
  return { x: [x0, x1, x1, x0], y: [y0, y0, y1, y1] };
}
