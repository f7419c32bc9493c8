/** Warping in float64 SIMD: one series against groups of eight, a series in each lane. The caller allots all memory. */
export { dtw } from './dtw';
export { softDtw } from './softDtw';
export { softDtwGradient } from './softDtwGradient';
