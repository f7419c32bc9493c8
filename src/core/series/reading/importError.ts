import { InputError } from '../../lib/assert';
import type { ImportPreview } from './plan';

/** No table can be made of the file. Carries what could be read of it, so that the person can change the plan. */
export class ImportError extends InputError {
  constructor(
    message: string,
    /** null when not even rows of text could be found. */
    readonly preview: ImportPreview | null = null,
    /** 1-based line of the fault, where it has one. */
    readonly line: number | null = null,
  ) {
    super(message);
  }
}
