import { useMemo, useState } from 'react';
import { useStore, useStrings } from '../../store/hooks';
import { shownRecord, type Store } from '../../store/state';
import { Panel } from '../../widgets/Panel';
import { Segmented } from '../../widgets/Segmented';
import { Select } from '../../widgets/Select';
import { Empty } from '../shared/Empty';
import { MethodLine } from '../shared/MethodLine';
import { useScheme } from '../shared/useScheme';
import { useDerived } from '../shared/watch';
import { ClusterCard } from './ClusterCard';
import { ClusterNameField } from './ClusterNameField';
import { type Cards, deriveCards } from './derive';
import { strings } from './strings';
import './clusters.css';

const pick = (state: Store) => [shownRecord(state)?.shot, state.run.start, state.dataset.set];

type Units = 'original' | 'perSeries';

export function ClustersPanel() {
  const texts = useStrings(strings);
  const scheme = useScheme();
  const set = useStore((state) => state.dataset.set);
  const prepared = useStore((state) => (state.run.start?.spec ?? state.experiment).preparation.standardise);
  const selection = useStore((state) => state.selection.series);
  const [variable, setVariable] = useState(0);
  const [chosenUnits, setUnits] = useState<Units | null>(null);
  const units = chosenUnits ?? (prepared === 'perSeries' ? 'perSeries' : 'original');
  const derive = useMemo(() => deriveCards(variable, units === 'perSeries'), [variable, units]);
  const cards = useDerived(pick, derive, null as Cards | null, 400);

  const selected = useMemo(() => {
    const counts = new Uint32Array(cards?.summaries.length ?? 0);
    for (const i of selection) if (cards !== null && cards.assignments[i] >= 0) counts[cards.assignments[i]]++;
    return counts;
  }, [cards, selection]);

  return (
    <Panel
      id="clusters"
      title={texts.title}
      note={<MethodLine epoch={cards?.epoch ?? null} extra={cards === null ? undefined : texts.key} />}
      actions={
        <>
          <ClusterNameField />
          {set !== null && set.d > 1 && (
            <Select className="chart-select" label={texts.variable} value={String(Math.min(variable, set.d - 1))} options={set.variables.map((name, j) => ({ value: String(j), label: name }))} onChange={(value) => setVariable(Number(value))} />
          )}
          <Segmented<Units>
            label={texts.units}
            value={units}
            options={[
              { value: 'original', label: texts.original },
              { value: 'perSeries', label: texts.standardised, title: texts.standardisedTitle },
            ]}
            onChange={setUnits}
          />
        </>
      }
    >
      {cards === null ? (
        <div className="chart-plot">
          <Empty />
        </div>
      ) : (
        <div className="cluster-cards">
          {cards.summaries.map((summary, at) => (
            <ClusterCard key={summary.cluster} cards={cards} summary={summary} figure={cards.figures[at]} scheme={scheme} selected={selected[at]} />
          ))}
        </div>
      )}
    </Panel>
  );
}
