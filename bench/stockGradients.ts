/** Registers tfjs's own gradients. Imported before our model, so that the stock peer runs on stock gradients too. */
import { createRequire } from 'node:module';

createRequire(import.meta.url)('@tensorflow/tfjs-core/dist/register_all_gradients');
