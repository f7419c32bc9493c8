import { methodEntry } from '../../../core/catalog';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { Progress } from '../../widgets/Progress';
import { strings } from './strings';

/** Epoch n of N in large figures, where the method has epochs, the share done and the time left; says the state to screen readers. */
export function RunMeter() {
  const texts = useStrings(strings);
  const format = useFormat();
  const status = useStore((state) => state.run.status);
  const compiling = useStore((state) => state.run.compiling);
  const ready = useStore((state) => state.dataset.status === 'ready');
  const epoch = useStore((state) => state.run.epoch);
  const batch = useStore((state) => state.run.batch);
  const batches = useStore((state) => state.run.batches);
  const secondsLeft = useStore((state) => (state.run.secondsLeft === null ? null : Math.ceil(state.run.secondsLeft)));
  const total = useStore((state) => (state.run.status === 'idle' ? state.experiment.epochs : (state.run.start?.spec.epochs ?? state.experiment.epochs)));
  const trains = useStore((state) => methodEntry(state.run.status === 'idle' ? state.experiment.method : (state.run.start?.spec.method ?? state.experiment.method)).trains);
  const part = batches > 0 && status !== 'done' ? batch / batches : 0;
  const share = Math.min(1, (epoch + (part < 1 ? part : 0)) / total);
  const needed = compiling?.needed ?? 0;
  const settled = status === 'done' && trains && epoch < total;
  const state = settled ? texts.settled : texts.states[status];
  const words = compiling === null ? state : texts.compiling;
  const beside = (): string => {
    if (compiling !== null) return needed > 0 ? texts.compiled(format.integer(compiling.ready), format.integer(needed)) : '';
    if (secondsLeft !== null) return texts.left(format.duration(secondsLeft));
    return status === 'paused' && batch > 0 ? texts.batch(format.integer(batch), format.integer(batches)) : '';
  };
  return (
    <div className="meter" data-state={status}>
      {trains && (
        <div className="meter-figures">
          <span className="meter-label">{texts.epoch}</span>
          <span className="meter-epoch numeric" data-testid="epoch">
            {format.integer(epoch)}
          </span>
          <span className="meter-total numeric">{texts.of(format.integer(total))}</span>
        </div>
      )}
      <Progress label={texts.runProgress} value={needed > 0 ? compiling!.ready / needed : status === 'starting' ? null : share} />
      <div className="meter-state">
        <span className="meter-status" data-testid="run-state" data-state={status}>
          {status === 'idle' && !ready ? texts.noData : words}
        </span>
        <span className="faint numeric">{beside()}</span>
      </div>
      <Announcer text={status === 'running' || status === 'starting' || status === 'idle' ? words : texts.announce(state, format.integer(epoch))} />
    </div>
  );
}

function Announcer({ text }: { text: string }) {
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}
