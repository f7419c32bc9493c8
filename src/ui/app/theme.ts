import { useEffect, useSyncExternalStore } from 'react';
import { useStore } from '../store/hooks';

const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');

function watchSystem(listener: () => void): () => void {
  dark?.addEventListener('change', listener);
  return () => dark?.removeEventListener('change', listener);
}

/** Writes the theme and the language of the page to the root element, where the styles and screen readers look. */
export function useRootAttributes(): void {
  const { theme, language } = useStore((state) => state.view);
  const systemDark = useSyncExternalStore(watchSystem, () => dark?.matches ?? false);
  useEffect(() => {
    document.documentElement.dataset.theme = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme;
  }, [theme, systemDark]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
}
