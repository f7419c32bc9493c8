import { memo, type MouseEvent } from 'react';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import type { Scheme } from '../../charts/colours';
import { useFormat, useStore } from '../../store/hooks';
import { clusterNumber } from '../shared/clusterNumber';
import { GroupMark } from '../shared/GroupMark';
import { missingShares } from './rows';

interface TableRowProps {
  id: string;
  place: number;
  series: number;
  set: SeriesSet;
  cluster: number | null;
  confidence: number | null;
  selected: boolean;
  hovered: boolean;
  active: boolean;
  scheme: Scheme;
  top: number;
  onPress(place: number, event: MouseEvent): void;
  onHover(series: number | null): void;
}

/** One series. */
export const TableRow = memo(function TableRow({ id, place, series, set, cluster, confidence, selected, hovered, active, scheme, top, onPress, onHover }: TableRowProps) {
  const { percent } = useFormat();
  const name = useStore((state) => (cluster === null ? undefined : state.run.clusterNames[cluster]));
  const code = set.labels?.codes[series] ?? -1;
  return (
    <div
      id={id}
      role="row"
      className="table-row"
      aria-rowindex={place + 2}
      aria-selected={selected}
      data-hovered={hovered || undefined}
      data-active={active || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onPress(place, event)}
      onMouseEnter={() => onHover(series)}
      onMouseLeave={() => onHover(null)}
    >
      <span role="gridcell" className="table-id" title={set.ids[series]}>
        {set.ids[series]}
      </span>
      <span role="gridcell" className="table-cluster" title={name}>
        {cluster !== null && (
          <>
            <GroupMark group={cluster} scheme={scheme} size={10} /> <span className="table-name">{cluster < 0 ? '–' : (name ?? clusterNumber(cluster))}</span>
          </>
        )}
      </span>
      <span role="gridcell" className="table-number">
        {confidence === null ? '' : percent(confidence)}
      </span>
      {set.labels !== null && (
        <span role="gridcell" className="table-label" title={set.labels.names[code]}>
          {set.labels.names[code] ?? '–'}
        </span>
      )}
      <span role="gridcell" className="table-number">
        {percent(missingShares(set)[series])}
      </span>
    </div>
  );
});
