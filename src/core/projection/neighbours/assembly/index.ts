/**
 * Near neighbours of points in float32 SIMD. Rows of points are padded with 0 to a multiple of 4 numbers; the caller
 * allots all memory, and one instance serves one search.
 */
export { begin, empty, gather, sort } from './lists';
export { meet } from './meet';
export { explore } from './explore';
export { split } from './split';
