import { useSyncExternalStore } from 'react';
import type { Scheme } from '../../charts/colours';
import { watchTheme } from '../../charts/theme';

const read = (): Scheme => (getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'dark' : 'light');

/** Whether the page is light or dark now. */
export function useScheme(): Scheme {
  return useSyncExternalStore(watchTheme, read);
}
