import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import { readsSeed } from '../../../core/catalog';
import { isActive } from '../../store/actions';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { useMethodWords } from '../../store/methodWords';
import { recordUpTo, type SweepState } from '../../store/state';
import { Button } from '../../widgets/Button';
import { Field } from '../../widgets/Field';
import { NumberInput } from '../../widgets/NumberInput';
import { Segmented } from '../../widgets/Segmented';
import { sweepSeconds } from './estimate';
import { strings } from './strings';
import { usePreparationWords } from './usePreparationWords';

type On = NonNullable<SweepState['order']>['on'];

const USUAL = { from: 2, to: 8, repeats: { series: 5, latents: 5, method: 3 } } as const;

/** What to try, said in words before it starts, with the time where it can be told. */
export function SweepForm() {
  const texts = useStrings(strings);
  const format = useFormat();
  const { startSweep, stopSweep } = useActions();
  const running = useStore((state) => state.sweep.status === 'running');
  const experiment = useStore((state) => state.experiment);
  const busy = useStore((state) => isActive(state.run.status) && state.run.status !== 'paused');
  const n = useStore((state) => state.dataset.set?.n ?? 0);
  const start = useStore((state) => state.run.start);
  const epoch = useStore((state) => recordUpTo(state.run.history, null)?.epoch ?? null);
  const how = usePreparationWords();
  const most = Math.max(2, Math.floor(n / 2));
  const [wanted, setWanted] = useState<On>('series');
  const [from, setFrom] = useState<number>(USUAL.from);
  const [to, setTo] = useState<number>(USUAL.to);
  const [chosen, setRepeats] = useState<number | null>(null);
  const on = wanted === 'latents' && epoch === null ? 'series' : wanted;
  const repeats = chosen ?? USUAL.repeats[on];
  const last = Math.max(from, Math.min(to, most));
  const words = useMethodWords();
  const { label } = words(experiment.method);
  const seconds = useStore((state) => (on === 'method' ? sweepSeconds(state.run, state.experiment, last - from + 1, repeats) : null));
  const seeded = readsSeed(experiment.method, experiment.options);
  const about =
    on === 'series'
      ? texts.aboutSeries(how)
      : on === 'method'
        ? texts.aboutMethod(label, seeded ? texts.seedRuns(format.integer(repeats)) : texts.oneRun, format.integer(repeats), how)
        : texts.aboutLatents(words(start?.spec.method ?? experiment.method).label, format.integer(start?.spec.clusters ?? experiment.clusters), format.integer(epoch ?? 0));
  const number = (name: string, value: number, min: number, max: number, change: (value: number) => void) => (
    <Field inline label={name}>
      {({ id }) => <NumberInput id={id} integer min={min} max={max} value={value} disabled={running} onChange={change} />}
    </Field>
  );
  return (
    <div className="sweep-form">
      <div className="sweep-row">
        <Segmented<On>
          label={texts.on}
          value={on}
          options={[
            { value: 'series', label: texts.series, disabled: running },
            { value: 'latents', label: texts.latents, disabled: running || epoch === null, title: epoch === null ? texts.noLatents : undefined },
            { value: 'method', label: texts.method(label), disabled: running },
          ]}
          onChange={setWanted}
        />
        <div className="sweep-numbers">
          {number(texts.from, from, 2, most, (value) => {
            setFrom(value);
            if (value > to) setTo(value);
          })}
          {number(texts.to, last, from, most, setTo)}
          {number(texts.repeats, repeats, 2, 50, setRepeats)}
        </div>
        {running ? (
          <Button icon={<Square />} onClick={stopSweep}>
            {texts.stop}
          </Button>
        ) : (
          <Button look="primary" icon={<Play />} disabled={busy || n < 4} onClick={() => startSweep({ on, from, to: last, repeats })}>
            {texts.start}
          </Button>
        )}
      </div>
      <p className="field-hint">
        {about}
        {on === 'method' && ` ${seconds === null ? texts.noEstimate : texts.estimate(format.duration(seconds))}`}
      </p>
      {busy && <p className="field-hint">{texts.runFirst}</p>}
    </div>
  );
}
