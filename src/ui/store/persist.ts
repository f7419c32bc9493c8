import type { StoreApi } from 'zustand/vanilla';
import type { BackendChoice } from '../../engine/protocol';
import type { AppState, Store } from './state';

const KEY = 'lacuna.view';
type Kept = Pick<AppState['view'], 'language' | 'theme'>;

const LANGUAGES = ['en', 'ko'];
const THEMES = ['light', 'dark', 'system'];
const BACKENDS = ['auto', 'webgpu', 'wasm', 'cpu'];

/** The browser's storage; null where the person or the browser forbids it. */
export function pageStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** Keeps a note as JSON. */
export function writeNote(storage: Pick<Storage, 'setItem'> | null, key: string, note: unknown): void {
  try {
    storage?.setItem(key, JSON.stringify(note));
  } catch {
    // Storage may be full or forbidden; the page works without.
  }
}

/** What the person chose last time; else the language of the browser and the theme of the system. */
export function keptView(storage: Pick<Storage, 'getItem'> | null, languages: readonly string[]): Kept {
  const first = languages.find((tag) => /^(en|ko)\b/.test(tag))?.slice(0, 2);
  const kept: Kept = { language: first === 'ko' ? 'ko' : 'en', theme: 'system' };
  try {
    const read = JSON.parse(storage?.getItem(KEY) ?? '{}') as Partial<Kept>;
    if (read.language && LANGUAGES.includes(read.language)) kept.language = read.language;
    if (read.theme && THEMES.includes(read.theme)) kept.theme = read.theme;
  } catch {
    // An unreadable note counts as none.
  }
  return kept;
}

/** Writes the kept part of the view whenever it changes. */
export function keepView(store: StoreApi<Store>, storage: Pick<Storage, 'setItem'> | null): () => void {
  return store.subscribe(({ view: { language, theme } }, { view: before }) => {
    if (language === before.language && theme === before.theme) return;
    writeNote(storage, KEY, { language, theme });
  });
}

/** `?threads=2` in the address, from 1 to 64; null when it names no number. */
export function threadsFromAddress(search: string): number | null {
  const count = Number(new URLSearchParams(search).get('threads'));
  return Number.isInteger(count) && count >= 1 && count <= 64 ? count : null;
}

/** `?backend=wasm` in the address; `auto` when it names none that exists. */
export function backendFromAddress(search: string): BackendChoice {
  const wanted = new URLSearchParams(search).get('backend') ?? 'auto';
  return BACKENDS.includes(wanted) ? (wanted as BackendChoice) : 'auto';
}
