export { DataPanel as default } from './DataPanel';
