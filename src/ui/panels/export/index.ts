export { ExportPanel as default } from './ExportPanel';
