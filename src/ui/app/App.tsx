import { useEffect } from 'react';
import { useStore, useStrings } from '../store/hooks';
import { warmEngine } from '../store/store';
import { Header } from './Header';
import { PanelBoundary } from './PanelBoundary';
import { useShortcuts } from './shortcuts';
import { StartScreen } from './StartScreen';
import { shell } from './strings';
import { useRootAttributes } from './theme';
import { useTitle } from './title';
import { OpeningProvider } from './useOpening';
import { useUnloadGuard } from './unloadGuard';
import { WindowDrop } from './WindowDrop';
import { Workbench } from './Workbench';

export function App() {
  const texts = useStrings(shell);
  const empty = useStore((state) => state.dataset.status === 'empty' || (state.dataset.status === 'failed' && state.dataset.preview === null));
  useRootAttributes();
  useTitle();
  useShortcuts();
  useUnloadGuard();
  useEffect(() => {
    const timer = setTimeout(warmEngine, 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <PanelBoundary title={texts.pageBroken} retry={texts.retry}>
      <OpeningProvider>
        <Header />
        {empty ? <StartScreen /> : <Workbench />}
        <WindowDrop />
      </OpeningProvider>
    </PanelBoundary>
  );
}
