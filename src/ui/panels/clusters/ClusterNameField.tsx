import { LONGEST_NAME } from '../../store/foundNames';
import { useActions, useStore, useStrings } from '../../store/hooks';
import { clusterNumber } from '../shared/clusterNumber';
import { strings } from './strings';

/** While a cluster is selected as a whole: its name, which every chart and file then uses. */
export function ClusterNameField() {
  const texts = useStrings(strings);
  const cluster = useStore((state) => state.selection.cluster);
  const name = useStore((state) => (cluster === null ? '' : (state.run.clusterNames[cluster] ?? '')));
  const { nameCluster } = useActions();
  if (cluster === null) return null;
  const label = texts.nameOf(clusterNumber(cluster));
  return <input key={cluster} className="text-input cluster-name" aria-label={label} placeholder={label} title={label} maxLength={LONGEST_NAME} autoComplete="off" value={name} onChange={(event) => nameCluster(cluster, event.target.value)} />;
}
