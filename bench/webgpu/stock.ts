/** The stock peer of the `step-webgpu` bench, in a page: tfjs as it comes, with its own device and gradients. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgpu';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { stockCrli } from '../stockCrli';
import { stockDtc } from '../stockDtc';
import { stockDtcr } from '../stockDtcr';
import { offer } from './side';

offer(
  async () => {
    if (!(await setBackend('webgpu'))) throw new Error('the webgpu backend did not start');
    await ready();
    return 'tfjs as it comes';
  },
  (problem) => (problem.model === 'crli' ? stockCrli(problem) : problem.model === 'dtcr' ? stockDtcr(problem) : stockDtc(problem)),
);
