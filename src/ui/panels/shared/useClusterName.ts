import { useCallback } from 'react';
import { useStore, useStrings } from '../../store/hooks';
import { clusterNumber } from './clusterNumber';
import { sharedStrings } from './strings';

/** What a cluster is called: the name that the person gave it, else its number. */
export function useClusterName(): (cluster: number) => string {
  const texts = useStrings(sharedStrings);
  const names = useStore((state) => state.run.clusterNames);
  return useCallback((cluster) => names[cluster] ?? texts.cluster(clusterNumber(cluster)), [names, texts]);
}
