import { Cpu } from 'lucide-react';
import type { BackendChoice, BackendInfo } from '../../engine/protocol';
import { useActions, useStore, useStrings } from '../store/hooks';
import { EngineWords } from '../panels/shared/EngineWords';
import { koreanReason } from '../panels/shared/engineWords';
import { Field } from '../widgets/Field';
import { Menu } from '../widgets/Menu';
import { Select } from '../widgets/Select';
import { shell } from './strings';

const NAMES: Record<BackendInfo['name'], string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };

/** As many as the computer has cores, where memory may be shared between threads. */
const mostThreads = (): number => (typeof SharedArrayBuffer !== 'undefined' ? Math.min(8, navigator.hardwareConcurrency) : 1);

/** What can be chosen, with what the address asked for. */
const threadCounts = (chosen: number | null): number[] => Array.from({ length: Math.max(mostThreads(), chosen ?? 1) }, (_, i) => i + 1);

/** Which backend computes and why; its menu overrides the choice. */
export function BackendBadge() {
  const texts = useStrings(shell);
  const { backend, backendChoice, threads, alive, failure } = useStore((state) => state.engine);
  const language = useStore((state) => state.view.language);
  const { chooseBackend, chooseThreads } = useActions();
  const choices: { value: BackendChoice; label: string }[] = [
    { value: 'auto', label: texts.backendAuto },
    { value: 'webgpu', label: NAMES.webgpu },
    { value: 'wasm', label: NAMES.wasm },
    { value: 'cpu', label: NAMES.cpu },
  ];
  const refused = backend === null && failure !== null && backendChoice !== 'auto';
  const state = !alive || refused ? 'stopped' : backend === null ? 'waiting' : backend.name;
  const name = refused ? NAMES[backendChoice] : backend === null ? null : NAMES[backend.name];
  const told = !alive ? texts.backendStopped : refused ? texts.backendRefused(NAMES[backendChoice]) : (name ?? texts.backendWaiting);
  return (
    <Menu
      className="backend"
      label={`${texts.backend}: ${told}`}
      button={
        <>
          <span className="backend-light" data-state={state} />
          <Cpu size={14} aria-hidden="true" />
          <span data-testid="backend">{name ?? '…'}</span>
        </>
      }
    >
        <div className="backend-sheet">
          {backend && (
            <dl>
              <dt>{NAMES[backend.name]}</dt>
              <dd>{language === 'ko' ? koreanReason(backend.device) : backend.device}</dd>
              <dd className="faint">{language === 'ko' ? koreanReason(backend.reason) : backend.reason}</dd>
            </dl>
          )}
          {!alive && <p className="field-error">{texts.backendStopped}</p>}
          {failure && (
            <p className="field-error">
              <EngineWords message={failure.message} />
            </p>
          )}
          <fieldset>
            <legend className="visually-hidden">{texts.backend}</legend>
            {choices.map(({ value, label }) => (
              <label key={value} className="check">
                <input type="radio" name="backend" value={value} checked={backendChoice === value} onChange={() => chooseBackend(value)} />
                {label}
              </label>
            ))}
          </fieldset>
          {mostThreads() > 1 && (
            <Field label={texts.threads} hint={texts.threadsHint} inline>
              {({ id, describedBy }) => (
                <Select
                  id={id}
                  describedBy={describedBy}
                  value={String(threads ?? '')}
                  options={[{ value: '', label: texts.backendAuto }, ...threadCounts(threads).map((count) => ({ value: String(count), label: String(count) }))]}
                  onChange={(value) => chooseThreads(value === '' ? null : Number(value))}
                />
              )}
            </Field>
          )}
          <p className="field-hint">{texts.backendNext}</p>
        </div>
    </Menu>
  );
}
