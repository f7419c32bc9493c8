import type { Failure } from '../../engine/protocol';
import { canContinue } from '../store/actions';
import { useActions, useFormat, useStore, useStrings } from '../store/hooks';
import { Banner } from '../widgets/Banner';
import { Button } from '../widgets/Button';
import { EngineWords } from '../panels/shared/EngineWords';
import { noticeTexts } from './noticeStrings';
import { type Remedy, remedyOf } from './remedy';

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
    input: texts.cannotTrain,
    backend: texts.failed,
    internal: texts.failed,
  };
  const automatically = (): void => {
    chooseBackend('auto');
    train();
  };
  const rate = format.short(learningRate);
  const epoch = format.integer(checkpoint ?? 0);
  const buttons: Record<Remedy, { label: string; act: () => void }> = {
    mend: { label: texts.mend(rate, epoch), act: mend },
    mendAfresh: { label: texts.mendAfresh(rate), act: mend },
    useAutomatic: { label: texts.useAutomatic, act: automatically },
    goOn: { label: texts.goOn(epoch), act: continueRun },
    startAgain: { label: texts.startAgain, act: train },
    changeFirst: { label: texts.trainChanged, act: train },
  };
  const remedy = remedyOf(failure.kind, { begun, automatic: backendChoice === 'auto', checkpoint: checkpoint !== null, goesOn });
  const { label, act } = buttons[remedy];
  return (
    <Banner
      tone="bad"
      title={titles[failure.kind]}
      actions={
        <Button look={remedy === 'changeFirst' ? 'plain' : 'primary'} onClick={act}>
          {label}
        </Button>
      }
    >
      <EngineWords message={failure.message} />
      {remedy === 'changeFirst' && <p className="field-hint">{texts.changeFirst}</p>}
    </Banner>
  );
}
