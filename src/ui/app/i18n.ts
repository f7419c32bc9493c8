/** The shell's own texts; each panel keeps its own in its `strings.ts` and reads them by `useStrings`. */
export { createFormat, defineStrings, type Format, type Language, useFormat, useStrings } from '../store/hooks';
