import { Download, X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { filling } from '../../../core/catalog';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { useMethodWords } from '../../store/methodWords';
import { changedKeys } from '../../store/spec';
import { Banner } from '../../widgets/Banner';
import { Button, IconButton } from '../../widgets/Button';
import { Panel } from '../../widgets/Panel';
import { Progress } from '../../widgets/Progress';
import { fileName } from '../export/fileName';
import { saveBlob } from '../shared/saveBlob';
import { EngineWords } from '../shared/EngineWords';
import { bests, columnsOf } from './figure';
import { strings } from './strings';
import { SweepCharts } from './SweepCharts';
import { SweepForm } from './SweepForm';
import { SweepTable } from './SweepTable';
import './sweep.css';

/** Helps to choose K: tries several, tells what speaks for each, and takes one over. */
export function SweepPanel() {
  const texts = useStrings(strings);
  const format = useFormat();
  const words = useMethodWords();
  const { setView } = useActions();
  const sweep = useStore((state) => state.sweep);
  const experiment = useStore((state) => state.experiment);
  const data = useStore((state) => state.dataset.name);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Without the braces its promise, in new browsers, would count as the clean-up.
    void top.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { rows, report, order, status, doing } = sweep;
  const best = useMemo(() => bests(report === null ? [] : rows, report?.suggested.gap ?? null), [rows, report]);
  const seedless = rows.length > 0 && rows.every((row) => row.stabilitySeeds === null);
  const seeds = report === null || seedless ? texts.anySeed : texts.seedsFrom(format.integer(report.repeats), String(report.seed));
  const clustering = words(order?.on === 'method' ? order.spec.method : 'kMeans').label;
  const caption = report === null ? null : texts.told(clustering, texts.spaces[report.space], format.integer(report.n), seeds);
  const outdated = status !== 'running' && order !== null && order.on !== 'latents' && changedKeys(order.spec, experiment).some((key) => matters(key, order.on === 'method'));
  const save = (): void => {
    if (sweep.file === null || order === null || report === null) return;
    const method = order.on === 'series' ? 'series' : (report.method?.method ?? order.spec.method);
    saveBlob(fileName('sweep.json', data, method, `${order.from}-${order.to}`, new Date()), new Blob([sweep.file], { type: 'application/json' }));
  };
  return (
    <Panel
      id="sweep"
      title={texts.title}
      note={texts.intro}
      actions={
        <IconButton label={texts.close} look="quiet" onClick={() => setView({ choosingK: false })}>
          <X />
        </IconButton>
      }
    >
      <div className="sweep" ref={top}>
        <SweepForm />
        {status === 'running' && (
          <div className="sweep-progress">
            <Progress label={texts.progress} value={doing === null || doing.part === 'filling' ? null : doing.share} />
            <span role="status" className="numeric" data-testid="sweep-doing">
              {doing === null ? texts.starting : texts.doing[doing.part](String(doing.k), format.integer(doing.at), format.integer(doing.of))}
              {sweep.secondsLeft !== null && ` · ${texts.left(format.duration(sweep.secondsLeft))}`}
            </span>
          </div>
        )}
        {status === 'failed' && sweep.failure && (
          <Banner tone="bad" title={texts.failed}>
            <EngineWords message={sweep.failure.message} />
          </Banner>
        )}
        {rows.length > 0 && (
          <>
            <SweepTable rows={rows} best={best} caption={caption} />
            {(status === 'stopped' || outdated) && <p className="field-hint">{[status === 'stopped' && texts.stopped, outdated && texts.outdated].filter(Boolean).join(' ')}</p>}
            <SweepCharts rows={rows} best={best} />
            <ul className="sweep-meanings">
              {columnsOf(rows).map(({ key }) => (
                <li key={key}>
                  <b>{texts.columns[key]}</b>: {key === 'stabilitySeeds' && seedless ? texts.seedless : texts.meanings[key]}
                </li>
              ))}
            </ul>
            <div className="sweep-foot">
              <p className="field-hint">{texts.honest}</p>
              {sweep.file !== null && (
                <Button icon={<Download />} onClick={save}>
                  {texts.download}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </Panel>
  );
}

/** Whether a changed setting makes the table one of other settings. */
function matters(key: string, wholeMethod: boolean): boolean {
  if (key === 'clusters' || key === 'hideRate' || key === 'hideMechanism') return false;
  return wholeMethod || key === 'steps' || key === 'standardise' || key === 'seed' || Object.hasOwn(filling, key);
}
