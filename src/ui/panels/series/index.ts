export { SeriesPanel as default } from './SeriesPanel';
