import { useMemo, useState } from 'react';
import { methodEntry } from '../../../core/catalog';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import type { AppState, EpochRecord, Store } from '../../store/state';
import { Panel } from '../../widgets/Panel';
import { Segmented } from '../../widgets/Segmented';
import { MethodLine } from '../shared/MethodLine';
import { told } from '../shared/told';
import { useScheme } from '../shared/useScheme';
import { useDerived } from '../shared/watch';
import { termLook } from './figure';
import { LossesChart, pickLosses } from './LossesChart';
import { LossesTable } from './LossesTable';
import { strings } from './strings';
import './losses.css';

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
  const format = useFormat();
  const language = useStore((state) => state.view.language);
  const scheme = useScheme();
  const method = useStore((state) => state.run.start?.spec.method ?? state.experiment.method);
  const [scale, setScale] = useState<Scale>('linear');
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const record = useDerived(pickLosses, deriveTold, null as EpochRecord | null, 200);
  const entry = methodEntry(method);
  const terms = useMemo(() => entry.losses.map((term) => (language === 'ko' ? { ...term, ...term.ko } : term)), [entry, language]);

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
                <line x1="1" x2="21" y1="4" y2="4" stroke={colour} strokeWidth="2.5" strokeDasharray={dash.map((part) => part * 0.6).join(' ')} />
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
        <LossesChart label={summary} entry={entry} terms={terms} hidden={hidden} log={scale === 'log'} empty={record === null} />
      )}
    </Panel>
  );
}
