export { GapsChart as default } from './GapsChart';
