import { useState } from 'react';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { Button } from '../../widgets/Button';
import { Confirm } from '../../widgets/Confirm';
import { strings } from './strings';

/** Leaves the selected series out of the data, after a question; two series have to stay. */
export function LeaveOutButton() {
  const texts = useStrings(strings);
  const { integer } = useFormat();
  const selected = useStore((state) => state.selection.series);
  const set = useStore((state) => state.dataset.set);
  const plan = useStore((state) => state.dataset.plan);
  const { changePlan } = useActions();
  const [asking, setAsking] = useState(false);
  if (set === null || plan === null || selected.length === 0 || selected.length > set.n - 2) return null;
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {texts.leaveOut(integer(selected.length))}
      </Button>
      <Confirm open={asking} title={texts.leaveOutTitle} keep={texts.keep} goOn={texts.goOn} onClose={() => setAsking(false)} onGoOn={() => changePlan({ ...plan, excluded: [...(plan.excluded ?? []), ...selected.map((i) => set.ids[i])] })}>
        {texts.leaveOutText}
      </Confirm>
    </>
  );
}
