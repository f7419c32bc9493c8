import { memo } from 'react';
import { groupColour, type Scheme } from '../../charts/colours';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { GroupMark } from '../shared/GroupMark';
import { useClusterName } from '../shared/useClusterName';
import type { Cards } from './derive';
import { CARD, type CardFigure, linePath } from './figure';
import { strings } from './strings';
import type { ClusterSummary } from './summaries';

interface ClusterCardProps {
  cards: Cards;
  summary: ClusterSummary;
  figure: CardFigure;
  scheme: Scheme;
  /** How many of the members are selected. */
  selected: number;
}

/** One cluster: its size, band, median, medoid and some members. A click selects all members. */
export const ClusterCard = memo(function ClusterCard({ cards, summary, figure, scheme, selected }: ClusterCardProps) {
  const texts = useStrings(strings);
  const { integer, short } = useFormat();
  const { selectCluster } = useActions();
  const anySelected = useStore((state) => state.selection.series.length > 0);
  const whole = useStore((state) => state.selection.cluster === summary.cluster);
  const medoid = useStore((state) => (summary.medoid < 0 ? '' : (state.dataset.set?.ids[summary.medoid] ?? '')));
  const name = useClusterName()(summary.cluster);
  const colour = groupColour(summary.cluster, scheme);
  return (
    <button
      type="button"
      className="cluster-card"
      aria-pressed={whole}
      aria-label={summary.size === 0 ? texts.emptyCard(name) : texts.card(name, integer(summary.size), medoid)}
      data-faded={anySelected && selected === 0 ? true : undefined}
      disabled={summary.size === 0}
      onClick={() => selectCluster(summary.cluster, 'clusters')}
    >
      <span className="cluster-head">
        <GroupMark group={summary.cluster} scheme={scheme} />
        <strong>{name}</strong>
        <span className="cluster-size">{summary.size === 0 ? texts.empty : integer(summary.size)}</span>
        {selected > 0 && <span className="cluster-selected">{texts.selected(integer(selected))}</span>}
      </span>
      <span className="cluster-drawing">
        <svg viewBox={`0 0 ${CARD.width} ${CARD.height}`} preserveAspectRatio="none" aria-hidden="true">
          <path className="cluster-band" d={figure.band} fill={colour} />
          {figure.members.map((path, i) => (
            <path key={summary.members[i]} className="cluster-member" d={path} />
          ))}
          <path className="cluster-medoid" d={figure.medoid} />
          <path className="cluster-median" d={figure.median} stroke={colour} />
          <HoveredMember cards={cards} cluster={summary.cluster} />
        </svg>
        <span className="cluster-top">{short(cards.span.high)}</span>
        <span className="cluster-bottom">{short(cards.span.low)}</span>
      </span>
    </button>
  );
});

/** The hovered series, in the card of its cluster. */
function HoveredMember({ cards, cluster }: { cards: Cards; cluster: number }) {
  const hover = useStore(({ selection }) => (selection.hover !== null && cards.assignments[selection.hover] === cluster ? selection.hover : null));
  if (hover === null) return null;
  return <path className="cluster-hovered" d={linePath(cards.curves.subarray(hover * cards.steps, (hover + 1) * cards.steps), cards.span)} />;
}
