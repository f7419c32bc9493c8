import { expect, test } from 'vitest';
import { plotConfig } from './plotConfig';

test('no chart offers a way to another machine', () => {
  expect(plotConfig(['toImage'], 'en', 'map')).toMatchObject({ showSendToCloud: false, plotlyServerURL: '', topojsonURL: '', displaylogo: false });
});

test('shows the listed buttons and no others', () => {
  expect(plotConfig(['zoomIn2d', 'toImage'], 'en', 'map').modeBarButtons).toEqual([['zoomIn2d', 'toImage']]);
  expect(plotConfig([], 'en', 'map').displayModeBar).toBe(false);
});
