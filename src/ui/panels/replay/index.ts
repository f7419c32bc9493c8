export { ReplayPanel as default } from './ReplayPanel';
