import { lazy } from 'react';

/**
 * The chart panels in reading order. Each is loaded when it is first shown, so that the first page holds none of
 * them; its name is its region in the layout.
 */
export const chartPanels = [
  { name: 'sweep', Panel: lazy(() => import('./sweep')) },
  { name: 'replay', Panel: lazy(() => import('./replay')) },
  { name: 'map', Panel: lazy(() => import('./map')) },
  { name: 'losses', Panel: lazy(() => import('./losses')) },
  { name: 'scores', Panel: lazy(() => import('./scores')) },
  { name: 'clusters', Panel: lazy(() => import('./clusters')) },
  { name: 'series', Panel: lazy(() => import('./series')) },
  { name: 'table', Panel: lazy(() => import('./table')) },
] as const;

export { ControlsPanel } from './controls/ControlsPanel';
export { DataPanel } from './data/DataPanel';
export { ExportPanel } from './export/ExportPanel';
