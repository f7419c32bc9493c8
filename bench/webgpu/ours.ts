/** Our side of the `step-webgpu` bench, in a page: the backend as the engine starts it. */
import { chooseBackend } from '../../src/engine/backend';
import { ourStep } from '../ourSteps';
import { kernelSpeeds } from './kernels';
import { offer } from './side';

offer(async () => (await chooseBackend('webgpu')).device, ourStep, { kernels: kernelSpeeds });
