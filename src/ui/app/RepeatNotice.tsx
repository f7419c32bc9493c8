import { namesFit } from '../store/foundNames';
import { useActions, useFormat, useStore, useStrings } from '../store/hooks';
import { useMethodWords } from '../store/methodWords';
import { Banner } from '../widgets/Banner';
import { Button } from '../widgets/Button';
import { noticeTexts } from './noticeStrings';

/** Whose settings were taken over, a run.json's or a link's, and what is left to do. */
export function RepeatNotice() {
  const texts = useStrings(noticeTexts);
  const format = useFormat();
  const words = useMethodWords();
  const wanted = useStore((state) => state.toRepeat);
  const status = useStore((state) => state.dataset.status);
  const name = useStore((state) => state.dataset.name);
  const bytes = useStore((state) => state.dataset.report?.bytes ?? 0);
  const names = useStore((state) => state.namesToFind);
  const fits = useStore((state) => state.namesToFind !== null && namesFit(state.namesToFind, state.dataset));
  const { forgetRepeat } = useActions();
  if (wanted === null || status === 'opening') return null;
  const { spec, data, from, weightsChanged } = wanted;
  const linked = from === '';
  const next =
    linked ? (status === 'ready' ? texts.repeatLinkTrain : texts.repeatLinkOpen)
    : status !== 'ready' ? texts.repeatOpen(data.name)
    : name !== data.name ? texts.repeatOther(data.name, name)
    : bytes !== data.bytes ? texts.repeatSize(name, format.integer(data.bytes), format.integer(bytes))
    : texts.repeatTrain(name);
  return (
    <Banner
      tone={!linked && status === 'ready' && (name !== data.name || bytes !== data.bytes) ? 'warn' : 'info'}
      title={linked ? texts.repeatLink(words(spec.method).label, format.integer(spec.clusters), String(spec.seed)) : texts.repeat(from, words(spec.method).label, format.integer(spec.clusters), String(spec.seed))}
      actions={
        <Button look="quiet" onClick={forgetRepeat}>
          {texts.dismiss}
        </Button>
      }
    >
      {next} {weightsChanged && texts.repeatWeights} {names && (status !== 'ready' || fits ? texts.repeatNames(format.integer(Object.keys(names.names).length)) : texts.repeatNamesNot)}
    </Banner>
  );
}
