import { Pause, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { useState } from 'react';
import { canContinue, isActive } from '../../store/actions';
import { useActions, useStore, useStrings } from '../../store/hooks';
import { Button, IconButton } from '../../widgets/Button';
import { Dialog } from '../../widgets/Dialog';
import { strings } from './strings';

/** Play, pause, step, stop, reset: one group, in that order. Reset asks where to start from. */
export function Transport() {
  const texts = useStrings(strings);
  const status = useStore((state) => state.run.status);
  const ready = useStore((state) => state.dataset.status === 'ready');
  const seed = useStore((state) => state.experiment.seed);
  const goesOn = useStore(canContinue);
  const { train, continueRun, pause, resume, step, stop, reset } = useActions();
  const [asking, setAsking] = useState(false);
  const active = isActive(status);
  const start = (from: 'same' | 'new'): void => {
    setAsking(false);
    reset(from);
  };
  return (
    <>
      <div className="transport" role="group" aria-label={texts.transport}>
        <IconButton
          label={texts.play}
          shortcut="Space"
          disabled={!ready || !(status === 'paused' || status === 'idle' || goesOn)}
          onClick={status === 'paused' ? resume : goesOn ? continueRun : train}
        >
          <Play />
        </IconButton>
        <IconButton label={texts.pause} shortcut="Space" disabled={status !== 'running' && status !== 'starting'} onClick={pause}>
          <Pause />
        </IconButton>
        <IconButton label={texts.step} shortcut="ArrowRight" disabled={!ready || !(active || status === 'idle' || goesOn)} onClick={step}>
          <StepForward />
        </IconButton>
        <IconButton label={texts.stop} disabled={!active} onClick={stop}>
          <Square />
        </IconButton>
        <IconButton label={texts.reset} disabled={status === 'idle'} onClick={() => setAsking(true)}>
          <RotateCcw />
        </IconButton>
      </div>
      <Dialog
        open={asking}
        title={texts.resetTitle}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {texts.cancel}
            </Button>
            <Button onClick={() => start('new')}>{texts.newStart}</Button>
            <Button look="primary" onClick={() => start('same')}>
              {texts.sameStart}
            </Button>
          </>
        }
      >
        <p>{texts.resetText}</p>
        <p className="numeric">{texts.sameStartHint(String(seed))}</p>
      </Dialog>
    </>
  );
}
