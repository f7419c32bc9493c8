/** Our side of the `step` bench, on tfjs's wasm backend with our kernels. Protocol: see childSide. */
import { allowRelaxedSimd } from '../src/cli/relaxedSimd';
import { chooseBackend, initialise } from '../src/engine/backend';
import { ourStep } from './ourSteps';
import { serve } from './side';
import type { Problem } from './stepProblem';

allowRelaxedSimd();
initialise({});
await chooseBackend('wasm');
await serve<Problem>(ourStep);
