export { ImportError } from './importError';
export { previewFile } from './preview';
export { readSeries } from './readSeries';
export type { Progress, SeriesImport } from './readSeries';
export type { BlobLike, SeriesSource } from './bytes';
export type * from './plan';
