import { useCallback, useMemo, useState } from 'react';
import { methodEntry } from '../../../core/catalog';
import type { PlotEvents } from '../../charts/plotEvents';
import type { Place } from '../../charts/figure';
import { Plot } from '../../charts/Plot';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { type AppState, type EpochRecord, shownRecord, type Store } from '../../store/state';
import { store } from '../../store/store';
import { Panel } from '../../widgets/Panel';
import { Segmented } from '../../widgets/Segmented';
import { Empty } from '../shared/Empty';
import { MethodLine } from '../shared/MethodLine';
import { sharedStrings } from '../shared/strings';
import { told } from '../shared/told';
import { useScheme } from '../shared/useScheme';
import { useDerived, watch } from '../shared/watch';
import { changedWeights } from './changedWeights';
import { lossesFigure, termLook } from './figure';
import { LossesTable } from './LossesTable';
import { strings } from './strings';
import './losses.css';

const pick = (state: Store) => [state.run.history.findLast((record) => record.losses !== null), state.run.runId, state.run.optionChanges, state.view.epoch];
const follow = watch(pick);

/** The record whose losses stand in the legend: that of the epoch in view, or the newest with losses. */
function toldRecord(state: AppState): EpochRecord | null {
  const wanted = state.view.epoch;
  return state.run.history.findLast((record) => record.losses !== null && (wanted === null || record.epoch <= wanted)) ?? null;
}

function* deriveTold(state: Store) {
  return toldRecord(state);
}

type Scale = 'linear' | 'log' | 'table';

export function LossesPanel() {
  const texts = useStrings(strings);
  const shared = useStrings(sharedStrings);
  const format = useFormat();
  const scheme = useScheme();
  const { showEpoch } = useActions();
  const language = useStore((state) => state.view.language);
  const method = useStore((state) => state.run.start?.spec.method ?? state.experiment.method);
  const [scale, setScale] = useState<Scale>('linear');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const record = useDerived(pick, deriveTold, null as EpochRecord | null, 200);
  const entry = methodEntry(method);
  const terms = useMemo(() => entry.losses.map((term) => ({ ...term, label: texts.names[term.key] ?? term.label })), [entry, texts]);

  const draw = useCallback(
    (place: Place) => {
      const state = store.getState();
      const { history, optionChanges, notices } = state.run;
      const said = changedWeights(state.run.start?.spec.options ?? {}, optionChanges, entry.options);
      const moved = notices.flatMap((notice) => (notice.kind === 'backendChanged' ? [{ epoch: notice.epoch, text: texts.moved(notice.backend.name) }] : []));
      const shownEpoch = state.view.epoch === null ? null : (shownRecord(state)?.epoch ?? state.view.epoch);
      return lossesFigure({ history, terms, hidden, log: scale === 'log', shownEpoch, changes: [...said, ...moved], axisTitle: texts.axis }, place);
    },
    [entry, terms, hidden, scale, texts],
  );
  const events = useMemo<PlotEvents>(() => ({ click: ({ x }) => showEpoch(Math.round(x)) }), [showEpoch]);

  const toggle = (key: string): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  const isolate = (key: string): void => {
    const others = terms.map((term) => term.key).filter((other) => other !== key);
    const alone = others.every((other) => hidden.has(other));
    setHidden(new Set(alone ? [] : others));
  };

  const summary = record?.losses ? texts.summary(record.epoch, terms.map(({ key, label }) => `${label} ${told(record.losses?.[key], format.short)}`).join(', ')) : texts.empty;
  return (
    <Panel
      id="losses"
      title={texts.title}
      note={<MethodLine epoch={record?.epoch ?? null} />}
      actions={
        <Segmented<Scale>
          label={texts.scale}
          value={scale}
          options={[
            { value: 'linear', label: texts.linear },
            { value: 'log', label: texts.log },
            { value: 'table', label: texts.table },
          ]}
          onChange={setScale}
        />
      }
    >
      <div className="losses-terms" role="group" aria-label={texts.terms} title={texts.terms}>
        {terms.map((term, i) => {
          const { colour, dash } = termLook(i, scheme);
          return (
            <button
              key={term.key}
              type="button"
              className="legend-button"
              aria-pressed={!hidden.has(term.key)}
              title={`${term.symbol}: ${term.doc}`}
              onClick={(event) => event.detail < 2 && toggle(term.key)}
              onDoubleClick={() => isolate(term.key)}
            >
              <svg width="22" height="8" aria-hidden="true">
                <line x1="1" x2="21" y1="4" y2="4" stroke={colour} strokeWidth="2.5" strokeDasharray={LEGEND_DASHES[dash]} />
              </svg>
              {term.label}
              <span className="legend-value">{record?.losses ? told(record.losses[term.key], format.short) : ''}</span>
            </button>
          );
        })}
      </div>
      {scale === 'table' || !entry.trains ? (
        <LossesTable terms={terms} shown={record} />
      ) : (
        <Plot draw={draw} subscribe={follow} label={summary} restMs={200} events={events} locale={language} texts={shared}>
          {record === null && <Empty />}
        </Plot>
      )}
    </Panel>
  );
}

const LEGEND_DASHES: Readonly<Record<string, string | undefined>> = {
  dash: '6 3',
  dot: '2 2',
  dashdot: '6 2 2 2',
  longdash: '10 3',
  longdashdot: '10 2 2 2',
};
