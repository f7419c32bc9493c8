export { MapPanel as default } from './MapPanel';
