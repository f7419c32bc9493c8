export { LossesPanel as default } from './LossesPanel';
