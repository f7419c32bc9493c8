import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import type { Source } from '../../engine/protocol';
import { useActions, useFormat, useStrings } from '../store/hooks';
import type { Actions } from '../store/state';
import { store } from '../store/store';
import { Confirm } from '../widgets/Confirm';
import { shell } from './strings';

interface Opening {
  /** Opens a source; asks first when that drops a run. */
  open(source: Source): void;
  /** A table, or a run.json whose settings are taken over. */
  openFile(file: File): void;
  /** Lets the person choose a file. */
  browse(): void;
  close(): void;
}

/** Bytes of a run.json at most. */
const LARGEST_RUN = 100e6;

const Context = createContext<Opening | null>(null);

export function useOpening(): Opening {
  const opening = useContext(Context);
  if (opening === null) throw new Error('useOpening needs an OpeningProvider above it.');
  return opening;
}

type Intent = { kind: 'open'; source: Source } | { kind: 'close' };

function carryOut(wanted: Intent, actions: Actions): void {
  if (wanted.kind === 'open') actions.open(wanted.source);
  else actions.closeDataset();
}

/** One place for all ways to open or close a file, with the question that guards a run. */
export function OpeningProvider({ children }: { children: ReactNode }) {
  const texts = useStrings(shell);
  const format = useFormat();
  const actions = useActions();
  const input = useRef<HTMLInputElement>(null);
  const [intent, setIntent] = useState<Intent | null>(null);

  const opening = useMemo<Opening>(() => {
    const act = (wanted: Intent): void => {
      if (store.getState().run.history.length > 0) setIntent(wanted);
      else carryOut(wanted, actions);
    };
    const open = (source: Source): void => act({ kind: 'open', source });
    return {
      open,
      openFile: (file) => {
        const asTable = (): void => open({ kind: 'file', name: file.name, file });
        if (!/\.json$/i.test(file.name) || file.size > LARGEST_RUN) return asTable();
        void file.text().then((text) => actions.repeatRun(file.name, text) || asTable());
      },
      browse: () => input.current?.click(),
      close: () => act({ kind: 'close' }),
    };
  }, [actions]);

  return (
    <Context value={opening}>
      {children}
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.json,.tsv,.txt,.tab,.dat,text/csv,text/tab-separated-values,text/plain"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) opening.openFile(file);
        }}
      />
      <Confirm
        open={intent !== null}
        title={intent?.kind === 'close' ? texts.closeTitle : texts.replaceTitle}
        keep={texts.keep}
        goOn={intent?.kind === 'close' ? texts.closeAnyway : texts.replace}
        onClose={() => setIntent(null)}
        onGoOn={() => intent && carryOut(intent, actions)}
      >
        {texts.replaceText(format.integer(store.getState().run.epoch))}
      </Confirm>
    </Context>
  );
}
