export { SweepPanel as default } from './SweepPanel';
