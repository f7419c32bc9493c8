import { Dices, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { methodEntry, methods, type MethodId } from '../../../core/catalog';
import { canTrainMore, isActive } from '../../store/actions';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { useMethodWords } from '../../store/methodWords';
import { pendingKeys } from '../../store/spec';
import { Banner } from '../../widgets/Banner';
import { Button, IconButton } from '../../widgets/Button';
import { Field } from '../../widgets/Field';
import { NumberInput } from '../../widgets/NumberInput';
import { Select } from '../../widgets/Select';
import { EffectMark } from './EffectMark';
import { MoreOptions } from './MoreOptions';
import { runCost } from './runCost';
import { RunMeter } from './RunMeter';
import { strings } from './strings';
import { TrainButton } from './TrainButton';
import { Transport } from './Transport';

const MOST_CLUSTERS = 50;
const MOST_EPOCHS = 100_000;
const MOST_SEED = 4_294_967_295;
const METHODS = Object.keys(methods) as MethodId[];
const NONE: readonly string[] = [];

/** The settings of a run and the buttons that drive it. */
export function ControlsPanel() {
  const texts = useStrings(strings);
  const format = useFormat();
  const words = useMethodWords();
  const experiment = useStore((state) => state.experiment);
  const status = useStore((state) => state.run.status);
  const start = useStore((state) => state.run.start);
  const set = useStore((state) => state.dataset.set);
  const ready = useStore((state) => state.dataset.status === 'ready');
  const { train, trainMore, reset, changeExperiment, setView } = useActions();
  const more = useStore((state) => (canTrainMore(state) ? Math.max(10, Math.round((state.run.start?.spec.epochs ?? 0) / 2)) : 0));
  const cost = useMemo(() => (set === null ? null : runCost(set, experiment)), [set, experiment]);
  const [invalid, setInvalid] = useState(false);
  const [wrongEpochs, setWrongEpochs] = useState(false);
  const [wrongSeed, setWrongSeed] = useState(false);
  const active = isActive(status);
  const pending = start !== null && status !== 'idle' ? pendingKeys(start.spec, experiment) : NONE;
  const most = Math.max(2, Math.min(MOST_CLUSTERS, set?.n ?? MOST_CLUSTERS));
  const tooFew = set !== null && set.n < 2;
  const classes = set?.labels?.names.length ?? 0;
  return (
    <section className="controls" data-panel="controls" aria-label={texts.title}>
      <div className="controls-run">
      <RunMeter />
      <div className="controls-row">
        <TrainButton disabled={!ready || active || invalid || tooFew || experiment.clusters > most} />
        <Transport />
      </div>
      {more > 0 && (
        <Button icon={<Plus />} onClick={() => trainMore(more)}>
          {texts.moreEpochs(format.integer(more))}
        </Button>
      )}
      {status === 'idle' && cost !== null && methodEntry(experiment.method).trains && <p className="field-hint numeric">{texts.cost(format.integer(cost.cells), format.integer(cost.updates), format.integer(cost.updates * experiment.epochs))}</p>}
      <p className="field-hint keys">{texts.keys}</p>
      </div>
      <div className="controls-settings">
      {active && pending.length > 0 && (
        <Banner
          tone="warn"
          actions={
            <Button
              onClick={() => {
                reset('same');
                train();
              }}
            >
              {texts.restartNow(pending.length)}
            </Button>
          }
        >
          {texts.pending(pending.length)}
        </Banner>
      )}
      <div className="controls-fields">
        <Field inline label={texts.method} hint={methodEntry(experiment.method).gaps === 'needsComplete' ? texts.fillsFirst : undefined} mark={<EffectMark effect="onRestart" pending={pending.includes('method')} />}>
          {({ id, describedBy }) => <Select id={id} describedBy={describedBy} value={experiment.method} options={METHODS.map((value) => ({ value, label: words(value).label }))} onChange={(method) => changeExperiment({ method })} />}
        </Field>
        <Field
          inline
          label={
            <>
              {texts.clusters} <i className="symbol">K</i>
            </>
          }
          hint={
            <>
              {classes > 1 && classes === experiment.clusters ? texts.clustersFromLabels(format.integer(classes)) : texts.clustersHint}{' '}
              {ready && !tooFew && (
                <button type="button" className="link" onClick={() => setView({ step: 'explore', choosingK: true })}>
                  {texts.chooseK}
                </button>
              )}
            </>
          }
          mark={<EffectMark effect="onRestart" pending={pending.includes('clusters')} />}
          error={invalid ? texts.rangeInteger('2', format.integer(most)) : tooFew || experiment.clusters > most ? texts.tooMany(format.integer(set?.n ?? 0)) : null}
        >
          {({ id, describedBy }) => (
            <NumberInput
              id={id}
              describedBy={describedBy}
              integer
              min={2}
              max={most}
              value={experiment.clusters}
              onChange={(clusters) => changeExperiment({ clusters })}
              onInvalid={(typed) => setInvalid(typed !== null)}
            />
          )}
        </Field>
        {methodEntry(experiment.method).trains && (
          <Field inline label={texts.epochs} mark={<EffectMark effect="onContinue" pending={pending.includes('epochs')} />} error={wrongEpochs ? texts.rangeInteger('1', format.integer(MOST_EPOCHS)) : null}>
            {({ id, describedBy }) => (
              <NumberInput id={id} describedBy={describedBy} integer min={1} max={MOST_EPOCHS} value={experiment.epochs} suggestions={[30, 100, 300, 1000]} onChange={(epochs) => changeExperiment({ epochs })} onInvalid={(typed) => setWrongEpochs(typed !== null)} />
            )}
          </Field>
        )}
        <Field inline label={texts.seed} hint={texts.seedHint} mark={<EffectMark effect="onRestart" pending={pending.includes('seed')} />} error={wrongSeed ? texts.rangeInteger('0', format.integer(MOST_SEED)) : null}>
          {({ id, describedBy }) => (
            <span className="seed">
              <IconButton label={texts.newSeed} look="quiet" onClick={() => changeExperiment({ seed: 1 + Math.floor(Math.random() * 999_999) })}>
                <Dices />
              </IconButton>
              <NumberInput id={id} describedBy={describedBy} integer min={0} max={MOST_SEED} value={experiment.seed} onChange={(seed) => changeExperiment({ seed })} onInvalid={(typed) => setWrongSeed(typed !== null)} />
            </span>
          )}
        </Field>
      </div>
      <MoreOptions pending={pending} />
      </div>
    </section>
  );
}
