import { useState } from 'react';
import { useActions, useStore, useStrings } from '../store/hooks';
import { Banner } from '../widgets/Banner';
import { Button } from '../widgets/Button';
import { noticeTexts } from './noticeStrings';

/** Beside the charts: a number that looks like a mark for "missing" counts as a value, and nobody was asked about it yet. */
export function SentinelReminder() {
  const texts = useStrings(noticeTexts);
  const step = useStore((state) => state.view.step);
  const requestId = useStore((state) => state.dataset.requestId);
  const report = useStore((state) => state.dataset.report);
  const plan = useStore((state) => state.dataset.plan);
  const steps = useStore((state) => state.experiment.preparation.steps);
  const { setView } = useActions();
  const [settled, setSettled] = useState(-1);
  const open = report?.suspectedSentinels.filter(({ value }) => !plan?.sentinels.includes(value) && !steps?.some(({ step: rule, options }) => rule === 'sentinel' && options.value === value)) ?? [];
  if (step !== 'explore' || settled === requestId || open.length === 0) return null;
  return (
    <Banner
      tone="warn"
      actions={
        <>
          <Button onClick={() => setView({ step: 'data' })}>{texts.decide}</Button>
          <Button look="quiet" onClick={() => setSettled(requestId)}>
            {texts.areNumbers}
          </Button>
        </>
      }
    >
      {texts.sentinels(open.map(({ value }) => String(value)).join(', '))}
    </Banner>
  );
}
