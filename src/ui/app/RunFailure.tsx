import type { Failure } from '../../engine/protocol';
import { canContinue } from '../store/actions';
import { useActions, useFormat, useStore, useStrings } from '../store/hooks';
import { Banner } from '../widgets/Banner';
import { Button } from '../widgets/Button';
import { EngineWords } from '../panels/shared/EngineWords';
import { noticeTexts } from './noticeStrings';

/** Why a run failed, and the one button most likely to mend it. */
export function RunFailure({ failure }: { failure: Failure }) {
  const texts = useStrings(noticeTexts);
  const format = useFormat();
  const checkpoint = useStore((state) => state.run.checkpoint?.epoch ?? null);
  const learningRate = useStore((state) => Number((state.run.start?.spec ?? state.experiment).options.learningRate) * 0.3);
  const begun = useStore((state) => state.run.start !== null);
  const backendChoice = useStore((state) => state.engine.backendChoice);
  const goesOn = useStore(canContinue);
  const { mend, continueRun, train, chooseBackend } = useActions();

  const titles: Record<Failure['kind'], string> = {
    diverged: texts.diverged,
    deviceLost: texts.deviceLost,
    memory: texts.memory,
    input: texts.failed,
    internal: texts.failed,
  };

  const mending = (): { label: string; act: () => void } => {
    if (failure.kind === 'diverged') {
      const rate = format.short(learningRate);
      return { label: checkpoint === null ? texts.mendAfresh(rate) : texts.mend(rate, format.integer(checkpoint)), act: mend };
    }
    if (!begun && backendChoice !== 'auto') {
      const act = (): void => {
        chooseBackend('auto');
        train();
      };
      return { label: texts.useAutomatic, act };
    }
    return goesOn && checkpoint !== null ? { label: texts.goOn(format.integer(checkpoint)), act: continueRun } : { label: texts.startAgain, act: train };
  };

  const { label, act } = mending();
  return (
    <Banner
      tone="bad"
      title={titles[failure.kind]}
      actions={
        <Button look="primary" onClick={act}>
          {label}
        </Button>
      }
    >
      <EngineWords message={failure.message} />
    </Banner>
  );
}
