/** What the catalog says of a method: data only. */

export type OptionValue = number | boolean | string;

export interface NumberOption {
  kind: 'number' | 'integer';
  default: number;
  min: number;
  max: number;
  /** Values to offer as ticks or a list; any value in range is allowed. */
  suggestions?: readonly number[];
}
export interface ChoiceOption {
  kind: 'choice';
  default: string;
  choices: readonly string[];
  /** By choice, where the names of the choices do not say enough. */
  about?: Readonly<Record<string, ChoiceWords>>;
}
/** What a choice does: one sentence, and the same in Korean. */
export interface ChoiceWords {
  doc: string;
  ko: string;
}
export interface BooleanOption {
  kind: 'boolean';
  default: boolean;
}

export type OptionSpec = (NumberOption | ChoiceOption | BooleanOption) & {
  label: string;
  symbol?: string;
  unit?: string;
  /** One sentence. */
  doc: string;
  /** The same in Korean. */
  ko: { label: string; doc: string };
  /** The choice of another option without which this one is not read. */
  when?: { option: string; is: string };
  /** `loss`: a weight of a loss term, may change during a run. */
  group: 'model' | 'training' | 'loss';
};

export interface LossTerm {
  /** Key in the loss reports. */
  key: string;
  label: string;
  symbol: string;
  doc: string;
  ko: { label: string; doc: string };
}

/** Options that are set together, for an ablation or a size. */
export interface Preset {
  label: string;
  /** One sentence. */
  doc: string;
  ko: { label: string; doc: string };
  /** What differs from the defaults. */
  options: Readonly<Record<string, OptionValue>>;
}

export interface MethodEntry {
  label: string;
  title: string;
  paper: string;
  ko: { label: string; title: string };
  /** Equations of methods.md, one line each. */
  equations: readonly string[];
  /** Source file of the implementation, from the root. */
  source: string;
  golden: string;
  differs: readonly string[];
  /** Filled while the method learns; filled before; or left to the distance, or filled before. */
  gaps: 'inside' | 'needsComplete' | 'inDistance';
  /** False for a method that is computed once: it has no epochs, and its spec says 1. */
  trains: boolean;
  /** Options with which the seed is not read; left out where it always is. */
  unseeded?: Readonly<Record<string, OptionValue>>;
  /** Updates of the weights that a run makes unless told otherwise. Default: 300. */
  updates?: number;
  /** One sentence: how it is found which steps speak for the cluster of a series, once a run rests. Left out: not at all. */
  relevance?: string;
  options: Readonly<Record<string, OptionSpec>>;
  losses: readonly LossTerm[];
  /** By name. */
  presets?: Readonly<Record<string, Preset>>;
}
