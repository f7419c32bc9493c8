import { X } from 'lucide-react';
import { useActions, useFormat, useStore, useStrings } from '../store/hooks';
import type { Notice } from '../store/state';
import { Banner } from '../widgets/Banner';
import { Button, IconButton } from '../widgets/Button';
import { noticeTexts } from './noticeStrings';

/** What went wrong, with the button that mends it, and what the person should know. */
export function Notices() {
  const texts = useStrings(noticeTexts);
  const format = useFormat();
  const failure = useStore((state) => state.run.failure);
  const checkpoint = useStore((state) => state.run.checkpoint?.epoch ?? null);
  const learningRate = useStore((state) => Number((state.run.start?.spec ?? state.experiment).options.learningRate) * 0.3);
  const notices = useStore((state) => state.run.notices);
  const engine = useStore((state) => state.engine);
  const { mend, continueRun, train, dismissNotice, dismissFailure } = useActions();

  const say = (notice: Notice): string => {
    switch (notice.kind) {
      case 'said':
        return notice.message;
      case 'backendChanged':
        return texts.backendChanged(notice.backend.name.toUpperCase(), format.integer(notice.epoch));
      case 'historyThinned':
        return texts.historyThinned(format.integer(notice.dropped));
      case 'mended':
        return texts.mended(format.short(notice.learningRate), format.integer(notice.epoch));
    }
  };

  const mending = (): { label: string; act: () => void } => {
    const rate = format.short(learningRate);
    if (failure?.kind === 'diverged') return { label: checkpoint === null ? texts.mendAfresh(rate) : texts.mend(rate, format.integer(checkpoint)), act: mend };
    return checkpoint === null ? { label: texts.startAgain, act: train } : { label: texts.goOn(format.integer(checkpoint)), act: continueRun };
  };

  const title = failure && { diverged: texts.diverged, deviceLost: texts.deviceLost, memory: texts.memory, input: texts.failed, internal: texts.failed }[failure.kind];
  if (!failure && notices.length === 0 && engine.alive && !engine.failure) return null;
  return (
    <div className="notices" data-panel="notices">
      {failure && (
        <Banner
          tone="bad"
          title={title}
          actions={
            <Button look="primary" onClick={mending().act}>
              {mending().label}
            </Button>
          }
        >
          {failure.message}
        </Banner>
      )}
      {!engine.alive && <Banner tone="warn">{texts.engineDown}</Banner>}
      {engine.failure && (
        <Banner
          tone="warn"
          title={texts.engineFailed}
          actions={
            <IconButton label={texts.dismiss} look="quiet" onClick={dismissFailure}>
              <X />
            </IconButton>
          }
        >
          {engine.failure.message}
        </Banner>
      )}
      {notices.map((notice, i) => (
        <Banner
          key={`${notice.kind} ${i}`}
          tone="info"
          actions={
            <IconButton label={texts.dismiss} look="quiet" onClick={() => dismissNotice(i)}>
              <X />
            </IconButton>
          }
        >
          {say(notice)}
        </Banner>
      ))}
    </div>
  );
}
