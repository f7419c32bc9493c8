import type { OptionSpec } from '../../../core/catalog';
import type { Language } from '../../store/hooks';
import { koreanOptions, koreanUnits } from './strings';

/** The words of an option in the language of the page; the catalog's own where there is no translation. */
export function optionText(key: string, option: OptionSpec, language: Language): { label: string; doc: string; unit: string | undefined } {
  const translated = language === 'ko' ? koreanOptions[key] : undefined;
  const unit = option.unit && language === 'ko' ? (koreanUnits[option.unit] ?? option.unit) : option.unit;
  return { label: translated?.label ?? option.label, doc: translated?.doc ?? option.doc, unit };
}
