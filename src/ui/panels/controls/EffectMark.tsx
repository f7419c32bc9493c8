import type { TakesEffect } from '../../store/spec';
import { isActive } from '../../store/actions';
import { useStore, useStrings } from '../../store/hooks';
import { strings } from './strings';

/** Tells during a run when a setting takes effect, and stands out once it differs from that of the run. */
export function EffectMark({ effect, pending }: { effect: TakesEffect; pending: boolean }) {
  const texts = useStrings(strings);
  const active = useStore((state) => isActive(state.run.status));
  if (effect === 'live' || !(active || pending)) return null;
  const restart = effect === 'onRestart';
  return (
    <span className={pending ? 'tag warn' : 'tag'} title={restart ? texts.restartTip : texts.continueTip}>
      {restart ? texts.restart : texts.continueMark}
    </span>
  );
}
