/** Our side of the `step` bench, on tfjs's wasm backend with our kernels and as many threads as the argument says. Protocol: see childSide. */
import { allowRelaxedSimd } from '../src/cli/relaxedSimd';
import { initialiseThreads } from '../src/cli/threads';
import { chooseBackend } from '../src/engine/backend';
import { ourStep } from './ourSteps';
import { serve } from './side';
import type { Problem } from './stepProblem';

allowRelaxedSimd();
initialiseThreads(Number(process.argv[2]));
await chooseBackend('wasm');
await serve<Problem>(ourStep);
