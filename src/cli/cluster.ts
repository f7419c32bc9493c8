/** `npm run cluster -- FILE --clusters K …`: the engine without a browser. */
import { InputError } from '../core/lib/assert';
import { parseArguments } from './arguments';
import { helpText } from './help';
import { runFromCommandLine } from './run';

try {
  const order = parseArguments(process.argv.slice(2));
  if (order.kind === 'help') process.stdout.write(helpText());
  else await runFromCommandLine(order.arguments);
} catch (error) {
  const wrongInput = error instanceof InputError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`cluster: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exitCode = wrongInput ? 2 : 1;
}
