import { ChartScatter, Download, Table2 } from 'lucide-react';
import { ControlsPanel, DataPanel, ExportPanel } from '../panels';
import { useActions, useStore, useStrings } from '../store/hooks';
import type { AppState } from '../store/state';
import { Explore } from './Explore';
import { Notices } from './Notices';
import { RepeatNotice } from './RepeatNotice';
import { SentinelReminder } from './SentinelReminder';
import { shell } from './strings';
import { useOpening } from './useOpening';

type Step = AppState['view']['step'];

const STEPS: readonly { step: Step; Icon: typeof Table2 }[] = [
  { step: 'data', Icon: Table2 },
  { step: 'explore', Icon: ChartScatter },
  { step: 'export', Icon: Download },
];

/** The button that opened the file is gone; reading goes on at the content. */
function focusOnce(content: HTMLElement | null): void {
  content?.focus({ preventScroll: true });
}

/** The page once a file is open: settings at the side, and one of the steps beside them. */
export function Workbench() {
  const texts = useStrings(shell);
  const { browse } = useOpening();
  const step = useStore((state) => (state.dataset.set === null ? 'data' : state.view.step));
  const { setView } = useActions();
  const opened = useStore((state) => state.dataset.set !== null);
  const trouble = useStore((state) => state.dataset.status === 'failed');
  const findings = useStore((state) => state.dataset.report?.notes.some((note) => note.severity !== 'info') ?? false);
  const trained = useStore((state) => state.run.checkpoint !== null);


  const states: Record<Step, 'done' | 'attention' | 'none'> = {
    data: trouble || findings ? 'attention' : opened ? 'done' : 'none',
    explore: trained ? 'done' : 'none',
    export: 'none',
  };
  return (
    <div className="workbench">
      <aside className="side">
        <ControlsPanel />
      </aside>
      <div className="stage">
        <nav className="steps" aria-label={texts.stepsLabel}>
          {STEPS.map(({ step: name, Icon }) => (
            <button key={name} type="button" className="step" aria-current={step === name ? 'step' : undefined} disabled={name !== 'data' && !opened} onClick={() => setView({ step: name })}>
              <Icon size={16} aria-hidden="true" />
              {texts.steps[name]}
              <span className="step-light" data-state={states[name]} />
            </button>
          ))}
        </nav>
        <main id="content" className="content" ref={focusOnce} tabIndex={-1}>
          <Notices />
          <RepeatNotice />
          <SentinelReminder />
          {step === 'data' && <DataPanel onBrowse={browse} />}
          {step === 'explore' && <Explore />}
          {step === 'export' && <ExportPanel />}
        </main>
      </div>
    </div>
  );
}
