import type { PlotlyHTMLElement } from 'plotly.js/lib/core';
import { expect, test, vi } from 'vitest';
import { attachEvents, type PlotEvents } from './plotEvents';

function chart(events: PlotEvents, keys = { shift: false, alt: false }) {
  const handlers = new Map<string, (event: unknown) => void>();
  const fake = { on: (name: string, handler: (event: unknown) => void) => handlers.set(name, handler) };
  attachEvents(
    fake as unknown as PlotlyHTMLElement,
    () => events,
    () => keys,
  );
  return (name: string, event?: unknown) => handlers.get(name)?.(event);
}

const point = { curveNumber: 2, pointNumber: 7, x: 1.5, y: -1, customdata: 'never read' };

test('a click tells its point and the keys held', () => {
  const click = vi.fn();
  chart({ click }, { shift: true, alt: false })('plotly_click', { points: [point] });
  expect(click).toHaveBeenCalledWith({ trace: 2, point: 7, x: 1.5, y: -1 }, { shift: true, alt: false });
});

test('leaving a point tells that none is hovered', () => {
  const hover = vi.fn();
  const fire = chart({ hover });
  fire('plotly_hover', { points: [point] });
  fire('plotly_unhover');
  expect(hover.mock.calls.map(([at]) => at?.point ?? null)).toEqual([7, null]);
});

test('tells ranges of a zoom, the way back, and no other change of the layout', () => {
  const zoom = vi.fn();
  const fire = chart({ zoom });
  fire('plotly_relayout', { 'xaxis.range[0]': 1, 'xaxis.range[1]': 2, dragmode: 'pan' });
  fire('plotly_relayout', { 'xaxis.autorange': true });
  fire('plotly_relayout', { dragmode: 'pan' });
  fire('plotly_doubleclick');
  expect(zoom.mock.calls).toEqual([[{ 'xaxis.range[0]': 1, 'xaxis.range[1]': 2 }], [null], [null]]);
});
