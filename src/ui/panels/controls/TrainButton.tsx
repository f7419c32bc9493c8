import { useState } from 'react';
import { dropsMuch } from '../../store/actions';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { store } from '../../store/store';
import { Button } from '../../widgets/Button';
import { Confirm } from '../../widgets/Confirm';
import { strings } from './strings';

/** Starts a fresh run; asks first where that drops one that took long. */
export function TrainButton({ disabled }: { disabled: boolean }) {
  const texts = useStrings(strings);
  const format = useFormat();
  const { train } = useActions();
  const epoch = useStore((state) => state.run.epoch);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="primary" className="train" disabled={disabled} onClick={() => (dropsMuch(store.getState()) ? setAsking(true) : train())}>
        {texts.train}
      </Button>
      <Confirm open={asking} title={texts.dropTitle} keep={texts.keepRun} goOn={texts.dropAndTrain} onClose={() => setAsking(false)} onGoOn={train}>
        {texts.dropText(format.integer(epoch))}
      </Confirm>
    </>
  );
}
