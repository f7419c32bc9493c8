import { useCallback } from 'react';
import { methodEntry, type MethodId } from '../../core/catalog';
import { type Language, useStore } from './hooks';

/** What a method is called, and its title, in a language. */
export function methodWords(id: MethodId, language: Language): { label: string; title: string } {
  const entry = methodEntry(id);
  return language === 'ko' ? entry.ko : entry;
}

/** {@link methodWords} in the language of the page. */
export function useMethodWords(): (id: MethodId) => { label: string; title: string } {
  const language = useStore((state) => state.view.language);
  return useCallback((id) => methodWords(id, language), [language]);
}
