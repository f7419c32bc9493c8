export { TablePanel as default } from './TablePanel';
