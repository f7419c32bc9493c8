export { ImportError } from './importError';
export { previewFile } from './preview';
export { readSeries } from './readSeries';
export type { SeriesImport } from './readSeries';
export type { Progress } from './scan';
export type { BlobLike, SeriesSource } from './bytes';
export type * from './plan';
