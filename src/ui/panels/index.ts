import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { PanelId } from '../store/state';

type LazyPanel = LazyExoticComponent<ComponentType>;

const found = import.meta.glob<{ default: ComponentType }>('./{replay,losses,map,clusters,series,scores,table}/index.ts');

function panel(name: PanelId | 'replay'): { name: PanelId | 'replay'; Panel: LazyPanel } | null {
  const load = found[`./${name}/index.ts`];
  return load ? { name, Panel: lazy(load) } : null;
}

/** The chart panels in reading order; each is loaded when a dataset is there. Its name is its region in the layout. */
export const chartPanels = (['replay', 'map', 'losses', 'scores', 'clusters', 'series', 'table'] as const).map(panel).filter((entry) => entry !== null);

export { ControlsPanel } from './controls/ControlsPanel';
export { DataPanel } from './data/DataPanel';
export { ExportPanel } from './export/ExportPanel';
