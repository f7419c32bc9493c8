import type { PlotlyHTMLElement } from 'plotly.js/lib/core';

/** A point of a figure: which trace, which point of it. */
export interface PointRef {
  trace: number;
  point: number;
  x: number;
  y: number;
}

export interface Keys {
  shift: boolean;
  alt: boolean;
}

export interface PlotEvents {
  click?(point: PointRef, keys: Keys): void;
  hover?(point: PointRef | null): void;
  /** The person zoomed or panned; null: went back to the whole. */
  zoom?(ranges: Readonly<Record<string, unknown>> | null): void;
}

interface RawPoint {
  curveNumber: number;
  pointNumber: number;
  x: unknown;
  y: unknown;
}

/** Hands plotly's events over in plain words. `events` and `keys` are asked each time, so that the newest count. */
export function attachEvents(chart: PlotlyHTMLElement, events: () => PlotEvents, keys: () => Keys): void {
  chart.on('plotly_click', ({ points }) => {
    if (points.length > 0) events().click?.(pointRef(points[0]), keys());
  });
  chart.on('plotly_hover', ({ points }) => events().hover?.(points.length > 0 ? pointRef(points[0]) : null));
  chart.on('plotly_unhover', () => events().hover?.(null));
  chart.on('plotly_relayout', (change) => {
    const ranges = Object.fromEntries(Object.entries(change).filter(([key]) => /^[xy]axis\d*\.range/.test(key)));
    if (Object.keys(ranges).length > 0) events().zoom?.(ranges);
    else if (Object.keys(change).some((key) => /^[xy]axis\d*\.autorange$/.test(key))) events().zoom?.(null);
  });
  chart.on('plotly_doubleclick', () => events().zoom?.(null));
}

function pointRef({ curveNumber, pointNumber, x, y }: RawPoint): PointRef {
  return { trace: curveNumber, point: pointNumber, x: Number(x), y: Number(y) };
}
