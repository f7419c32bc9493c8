/** Our side of the `step-webgpu` bench, in a page: the backend as the engine starts it. */
import { chooseBackend } from '../../src/engine/backend';
import { findAdapter } from '../../src/engine/backend/webgpu';
import { ourStep } from '../ourSteps';
import { kernelSpeeds } from './kernels';
import { measureLimits } from './limits';
import { offer } from './side';

offer(async () => (await chooseBackend('webgpu')).device, ourStep, {
  async adapter() {
    const found = await findAdapter();
    return typeof found === 'string' ? found : { device: found.device, software: found.software };
  },
  limits: measureLimits,
  kernels: kernelSpeeds,
});
