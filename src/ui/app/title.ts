import { useEffect } from 'react';
import { useStore } from '../store/hooks';

/** The page's title: the file, and the epoch while a run works in a tab that may be out of sight. */
export function useTitle(): void {
  const name = useStore((state) => state.dataset.name);
  const progress = useStore(({ run }) => (run.status === 'running' ? `${run.epoch}/${run.start?.spec.epochs ?? 0} · ` : ''));
  useEffect(() => {
    document.title = `${progress}${name === '' ? '' : `${name} – `}Lacuna`;
  }, [name, progress]);
}
