import { forwardRef } from 'react';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { shownRecord } from '../../store/state';
import { useClusterName } from '../shared/useClusterName';
import { strings } from './strings';

/** A ring and a few words at the hovered series; the map moves it, past React. */
export const HoverMark = forwardRef<HTMLDivElement>(function HoverMark(_, ref) {
  const hover = useStore((state) => state.selection.hover);
  return (
    <div ref={ref} className="map-hover" hidden>
      <span className="map-ring" />
      {hover !== null && <HoverCard series={hover} />}
    </div>
  );
});

function HoverCard({ series }: { series: number }) {
  const texts = useStrings(strings);
  const clusterName = useClusterName();
  const { percent } = useFormat();
  const set = useStore((state) => state.dataset.set);
  const shot = useStore((state) => shownRecord(state)?.shot ?? null);
  if (set === null || series >= set.n) return null;
  const code = set.labels?.codes[series] ?? -1;
  return (
    <div className="map-card">
      <strong>{set.ids[series]}</strong>
      {shot !== null && (
        <span>
          {clusterName(shot.assignments[series])} · {texts.confidence} {percent(shot.confidence[series])}
        </span>
      )}
      {set.labels !== null && code >= 0 && (
        <span>
          {set.labels.name}: {set.labels.names[code]}
        </span>
      )}
    </div>
  );
}
