/** Cross-correlations in float64 SIMD: one series with groups of four. The caller allots all memory. */
export { correlate } from './correlate';
