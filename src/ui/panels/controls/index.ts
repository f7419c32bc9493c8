export { ControlsPanel as default } from './ControlsPanel';
