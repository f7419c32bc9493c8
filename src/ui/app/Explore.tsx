import { Suspense } from 'react';
import { chartPanels } from '../panels';
import { useStrings } from '../store/hooks';
import { PanelBoundary } from './PanelBoundary';
import { shell } from './strings';

/** The chart panels in their regions. */
export function Explore() {
  const texts = useStrings(shell);
  return (
    <div className="explore">
      {chartPanels.map(({ name, Panel }) => (
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
