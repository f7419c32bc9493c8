import { useStore } from '../../store/hooks';
import { koreanSentence } from './engineWords';

/** A sentence of the engine; in the Korean page its meaning first, then the English with its details. */
export function EngineWords({ message }: { message: string }) {
  const korean = useStore((state) => (state.view.language === 'ko' ? koreanSentence(message) : null));
  if (korean === null) return <span lang="en">{message}</span>;
  return (
    <>
      {korean}
      <span className="engine-detail" lang="en">
        {message}
      </span>
    </>
  );
}
