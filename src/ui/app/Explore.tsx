import { Suspense } from 'react';
import { chartPanels } from '../panels';
import { useStore, useStrings } from '../store/hooks';
import { PanelBoundary } from './PanelBoundary';
import { shell } from './strings';

/** The chart panels in their regions; the one that helps to choose K only when it was asked for. */
export function Explore() {
  const texts = useStrings(shell);
  const choosing = useStore((state) => state.view.choosingK);
  return (
    <div className="explore">
      {chartPanels.filter(({ name }) => name !== 'sweep' || choosing).map(({ name, Panel }) => (
        <div key={name} className="region" data-region={name}>
          <PanelBoundary title={texts.panelBroken} retry={texts.retry}>
            <Suspense fallback={<div className="panel region-waiting" role="status" aria-label={texts.loadingPanel} />}>
              <Panel />
            </Suspense>
          </PanelBoundary>
        </div>
      ))}
    </div>
  );
}
