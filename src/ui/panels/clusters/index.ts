export { ClustersPanel as default } from './ClustersPanel';
