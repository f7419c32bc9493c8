import { defaultOptions, methodEntry, methods, MOST_HIDDEN, preparationEntry, preparations, type OptionSpec, type OptionValue, type PreparationStep } from '../../core/catalog';
import { check } from '../../core/lib/assert';
import type { RunSpec } from '../../core/run';

/**
 * The spec with every option of its method, in range.
 * @throws InputError naming the first value that cannot be used, and what can.
 */
export function completeSpec(spec: RunSpec): RunSpec {
  check(Object.hasOwn(methods, spec.method), `There is no method "${spec.method}". Methods: ${Object.keys(methods).join(', ')}.`);
  check(Number.isInteger(spec.clusters) && spec.clusters >= 2, `The number of clusters is ${spec.clusters}; it must be a whole number of at least 2.`);
  check(Number.isInteger(spec.epochs) && spec.epochs >= 1, `The number of epochs is ${spec.epochs}; it must be a whole number of at least 1.`);
  check(Number.isInteger(spec.seed) && spec.seed >= 0 && spec.seed < 2 ** 32, `The seed is ${spec.seed}; it must be a whole number from 0 to 4294967295.`);
  check(spec.hideRate >= 0 && spec.hideRate <= MOST_HIDDEN, `The share of hidden cells is ${spec.hideRate}; it must lie between 0 and ${MOST_HIDDEN}.`);
  const epochs = methodEntry(spec.method).trains ? spec.epochs : 1;
  const steps = (spec.preparation.steps ?? []).map(completeStep);
  return { ...spec, epochs, preparation: { ...spec.preparation, ...(steps.length > 0 && { steps }) }, options: { ...defaultOptions(spec.method), ...checkOptions(spec.method, spec.options) } };
}

/**
 * The same options, once each is known and in range.
 * @throws InputError naming the option, its value and its range.
 */
export function checkOptions(method: RunSpec['method'], options: RunSpec['options']): RunSpec['options'] {
  return checkKnown(methodEntry(method), options);
}

/** The step with every option it has, in range. */
function completeStep({ step, options }: PreparationStep): PreparationStep {
  check(Object.hasOwn(preparations, step), `There is no preparation step "${step}". Steps: ${Object.keys(preparations).join(', ')}.`);
  const entry = preparationEntry(step);
  const defaults = Object.fromEntries(Object.entries(entry.options).map(([key, option]) => [key, option.default]));
  return { step, options: { ...defaults, ...checkKnown(entry, options) } };
}

function checkKnown({ label, options: known }: { label: string; options: Readonly<Record<string, OptionSpec>> }, options: RunSpec['options']): RunSpec['options'] {
  for (const [key, value] of Object.entries(options)) {
    check(Object.hasOwn(known, key), `${label} has no option "${key}". ${Object.keys(known).length === 0 ? 'It has none.' : `Options: ${Object.keys(known).join(', ')}.`}`);
    checkOption(key, known[key], value);
  }
  return options;
}

/**
 * The options that differ from those in force. Only weights of loss terms may change while a run is on.
 * @throws InputError naming the option that may not, or that is out of range.
 */
export function changedWeights(method: RunSpec['method'], inForce: RunSpec['options'], wanted: RunSpec['options']): RunSpec['options'] {
  const changed = Object.fromEntries(Object.entries(checkOptions(method, wanted)).filter(([key, value]) => inForce[key] !== value));
  for (const key of Object.keys(changed)) {
    const { group, label } = methodEntry(method).options[key];
    check(group === 'loss', `${label} cannot change during a run. Stop the run, change it, and train again.`);
  }
  return changed;
}

function checkOption(key: string, option: OptionSpec, value: OptionValue): void {
  switch (option.kind) {
    case 'boolean':
      return check(typeof value === 'boolean', `Option ${key} is ${value}; it must be true or false.`);
    case 'choice':
      return check(option.choices.includes(String(value)), `Option ${key} is ${value}; it must be one of ${option.choices.join(', ')}.`);
    default: {
      const whole = option.kind === 'integer';
      const fits = typeof value === 'number' && value >= option.min && value <= option.max && (!whole || Number.isInteger(value));
      check(fits, `Option ${key} is ${value}; it must be a ${whole ? 'whole ' : ''}number from ${option.min} to ${option.max}.`);
    }
  }
}
