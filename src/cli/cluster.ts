/** `npm run cluster -- FILE --clusters K …`: the engine without a browser. */
import { InputError } from '../core/lib/assert';
import { parseArguments } from './arguments';
import { helpText } from './help';
import { allowRelaxedSimd } from './relaxedSimd';
import { runFromCommandLine } from './run';
import { oneLine, reportUncaught } from './uncaught';

reportUncaught();
allowRelaxedSimd();
try {
  const order = parseArguments(process.argv.slice(2));
  if (order.kind === 'help') process.stdout.write(helpText());
  else await runFromCommandLine(order.arguments);
} catch (error) {
  process.stderr.write(oneLine(error));
  process.exitCode = error instanceof InputError ? 2 : 1;
}
