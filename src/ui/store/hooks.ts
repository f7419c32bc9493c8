import { useMemo } from 'react';
import { useStore as useZustand } from 'zustand';
import type { Actions, AppState, Store } from './state';
import { store } from './store';

/** A part of the state; the component renders again when that part is another (compared with `Object.is`). */
export function useStore<T>(selector: (state: Store) => T): T {
  return useZustand(store, selector);
}

/** The actions; the same object for ever. */
export function useActions(): Actions {
  return store.getState().actions;
}

export type Language = AppState['view']['language'];

/** The texts of one panel. A language may not lack a text that English has. */
export function defineStrings<T extends object>(strings: { en: T; ko: NoInfer<T> }): { en: T; ko: T } {
  return strings;
}

/** The texts in the language of the page. */
export function useStrings<T extends object>(strings: { en: T; ko: T }): T {
  return strings[useStore((state) => state.view.language)];
}

/** Numbers, shares and durations as the language of the page writes them. */
export function useFormat(): Format {
  const language = useStore((state) => state.view.language);
  return useMemo(() => createFormat(language), [language]);
}

export interface Format {
  integer(value: number): string;
  /** Three significant digits. */
  short(value: number): string;
  percent(share: number): string;
  bytes(count: number): string;
  duration(seconds: number): string;
}

export function createFormat(language: Language): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const three = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const units = language === 'ko' ? { s: '초', m: '분', h: '시간' } : { s: 's', m: 'min', h: 'h' };
  return {
    integer: (value) => whole.format(value),
    short: (value) => (value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : three.format(value)),
    percent: (value) => share.format(value),
    bytes: (count) => (count < 1e6 ? `${three.format(count / 1e3)} kB` : `${three.format(count / 1e6)} MB`),
    duration(seconds) {
      if (seconds < 90) return `${whole.format(Math.max(1, Math.ceil(seconds)))} ${units.s}`;
      if (seconds < 5400) return `${whole.format(seconds / 60)} ${units.m}`;
      return `${three.format(seconds / 3600)} ${units.h}`;
    },
  };
}
