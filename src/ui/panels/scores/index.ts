export { ScoresPanel as default } from './ScoresPanel';
