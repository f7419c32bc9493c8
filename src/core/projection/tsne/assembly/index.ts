/** t-SNE over all pairs in float32 SIMD. Rows of P are padded to a multiple of 4; the caller allots all memory. */
export { conditionals, distances, mirror, negentropy, symmetrise } from './affinities';
export { iterate, crossEntropy } from './descent';
export { repulsion } from './repulsion';
