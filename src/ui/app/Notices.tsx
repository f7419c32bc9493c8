import { X } from 'lucide-react';
import { useActions, useFormat, useStore, useStrings } from '../store/hooks';
import type { Notice } from '../store/state';
import { Banner } from '../widgets/Banner';
import { IconButton } from '../widgets/Button';
import { EngineWords } from '../panels/shared/EngineWords';
import { noticeGroups } from './noticeGroups';
import { noticeTexts } from './noticeStrings';
import { RunFailure } from './RunFailure';

/** What went wrong, with the button that mends it, and what the person should know. */
export function Notices() {
  const texts = useStrings(noticeTexts);
  const format = useFormat();
  const failure = useStore((state) => state.run.failure);
  const notices = useStore((state) => state.run.notices);
  const engine = useStore((state) => state.engine);
  const { dismissNotice, dismissFailure } = useActions();
  const engineFailure = engine.failure?.message === failure?.message ? null : engine.failure;

  const say = (notice: Notice): string => {
    switch (notice.kind) {
      case 'said':
        return notice.message;
      case 'backendChanged':
        return texts.backendChanged(notice.backend.name.toUpperCase(), format.integer(notice.epoch));
      case 'historyThinned':
        return texts.historyThinned(format.integer(notice.dropped));
      case 'namesFound':
        return [notice.found.length > 0 && texts.namesFound(quoted(notice.found), notice.from), notice.lost.length > 0 && texts.namesLost(quoted(notice.lost))].filter(Boolean).join(' ');
      case 'mended':
        return texts.mended(format.short(notice.learningRate), format.integer(notice.epoch));
    }
  };

  if (!failure && notices.length === 0 && engine.alive && !engineFailure) return null;
  return (
    <div className="notices" data-panel="notices">
      {failure && <RunFailure failure={failure} />}
      {!engine.alive && <Banner tone="warn">{texts.engineDown}</Banner>}
      {engineFailure && (
        <Banner tone="warn" title={texts.engineFailed} actions={<Dismiss label={texts.dismiss} onClick={dismissFailure} />}>
          <EngineWords message={engineFailure.message} />
        </Banner>
      )}
      {noticeGroups(notices).map(({ notice, detail, indices }) => (
        <Banner
          key={indices.join(' ')}
          tone="info"
          title={detail === null ? undefined : say(notice)}
          actions={<Dismiss label={texts.dismiss} onClick={() => indices.toReversed().forEach(dismissNotice)} />}
        >
          {detail !== null || notice.kind === 'said' ? <EngineWords message={detail ?? say(notice)} /> : say(notice)}
        </Banner>
      ))}
    </div>
  );
}

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');

function Dismiss({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <IconButton label={label} look="quiet" onClick={onClick}>
      <X />
    </IconButton>
  );
}

