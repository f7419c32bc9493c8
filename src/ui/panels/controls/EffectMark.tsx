import type { TakesEffect } from '../../store/spec';
import { useStrings } from '../../store/hooks';
import { strings } from './strings';

/** Tells when a changed setting takes effect; nothing while there is no run that it differs from. */
export function EffectMark({ effect, pending }: { effect: TakesEffect; pending: boolean }) {
  const texts = useStrings(strings);
  if (effect === 'live') return null;
  if (!pending) return null;
  const restart = effect === 'onRestart';
  return (
    <span className="tag warn" title={restart ? texts.restartTip : texts.continueTip}>
      {restart ? texts.restart : texts.continueMark}
    </span>
  );
}
