import type { OptionSpec, OptionValue } from '../../../core/catalog';
import type { Language } from '../../store/hooks';
import { koreanUnits } from './strings';

/** The words of an option in the language of the page. */
export function optionText(option: OptionSpec, language: Language): { label: string; doc: string; unit: string | undefined } {
  if (language !== 'ko') return { label: option.label, doc: option.doc, unit: option.unit };
  return { ...option.ko, unit: option.unit && (koreanUnits[option.unit] ?? option.unit) };
}

/** What the chosen one of the choices does, where its name does not say enough. */
export function choiceText(option: OptionSpec, value: OptionValue, language: Language): string | undefined {
  const words = option.kind === 'choice' ? option.about?.[String(value)] : undefined;
  return language === 'ko' ? words?.ko : words?.doc;
}

/** Whether a run with these options reads this one, or another choice leaves it aside. */
export function isRead({ when }: OptionSpec, options: Readonly<Record<string, OptionValue>>): boolean {
  return when === undefined || !(when.option in options) || options[when.option] === when.is;
}
