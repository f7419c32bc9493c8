import { distanceWords, fillingWords, methodEntry, methods, preparationEntry, preparations, relevanceMethods, type ChoiceWords, type MethodId, type OptionSpec, type PreparationId } from '../core/catalog';
import { flags } from './flags';

const WIDTH = 34;

/** The text of --help, made from the flags and the catalog. */
export function helpText(): string {
  const flagLines = Object.entries(flags).map(([name, { value, doc }]) => line(`--${name}${value ? ` ${value}` : ''}`, doc));
  const methodBlocks = (Object.keys(methods) as MethodId[]).flatMap((id) => {
    const { title, paper, options, presets = {} } = methodEntry(id);
    return ['', `${id}: ${title}, ${paper}. Options:`, ...Object.entries(options).map(([key, option]) => line(key, `${option.doc} ${rangeOf(option)}`)), ...Object.entries(presets).map(([name, { doc }]) => line(`--preset ${name}`, doc))];
  });
  const stepBlocks = (Object.keys(preparations) as PreparationId[]).flatMap((id) => {
    const { doc, options } = preparationEntry(id);
    return [line(id, doc), ...Object.entries(options).map(([key, option]) => line(`  ${key}`, `${option.doc} ${rangeOf(option)}`))];
  });
  return [
    'Clusters time series that have gaps, and fills the gaps.',
    '',
    'Usage: npm run cluster -- FILE --clusters K [flags]',
    '',
    ...flagLines,
    '',
    'Writes assignments.csv, imputed.csv, filled-cells.csv, latent.csv and run.json into the folder. Clusters count from 0.',
    `Writes relevance.csv too, how much each step speaks for the cluster of its series, from 0 to 1, with the methods that tell it: ${relevanceMethods.join(', ')}.`,
    'With --json, call it as "npm run -s cluster", so that npm adds no lines of its own to standard output.',
    'Progress goes to standard error. Exit code 2: wrong flags or file, with one line that says which.',
    '',
    'Steps of --prepare',
    '',
    ...stepBlocks,
    '',
    'Fillings, by --option imputer=…',
    '',
    ...choiceLines(fillingWords),
    '',
    'Distances, by --option distance=…',
    '',
    ...choiceLines(distanceWords),
    '',
    'Methods',
    ...methodBlocks,
    '',
  ].join('\n');
}

function choiceLines(choices: Readonly<Record<string, ChoiceWords>>): string[] {
  return Object.entries(choices).map(([choice, { doc }]) => line(choice, doc));
}

function line(left: string, right: string): string {
  return left.length < WIDTH ? `  ${left.padEnd(WIDTH)}${right}` : `  ${left}\n  ${' '.repeat(WIDTH)}${right}`;
}

function rangeOf(option: OptionSpec): string {
  const range = option.kind === 'choice' ? option.choices.join(', ') : option.kind === 'boolean' ? 'true, false' : `${option.min} to ${option.max}`;
  return `(${range}; default ${option.default})`;
}
