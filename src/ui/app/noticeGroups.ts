import type { Notice } from '../store/state';

/** What is shown as one: a notice, and the engine's own words on the same thing. */
export interface NoticeGroup {
  notice: Notice;
  detail: string | null;
  /** Places in the list of notices, ascending. */
  indices: number[];
}

/** Joins a change of the backend with the sentence that the engine says beside it, after it or before it. */
export function noticeGroups(notices: readonly Notice[]): NoticeGroup[] {
  const groups: NoticeGroup[] = [];
  for (const [i, notice] of notices.entries()) {
    const last = groups.at(-1);
    if (last?.indices.at(-1) === i - 1 && last.detail === null && last.notice.kind === 'backendChanged' && notice.kind === 'said') {
      last.detail = notice.message;
      last.indices.push(i);
    } else if (last?.indices.at(-1) === i - 1 && last.notice.kind === 'said' && notice.kind === 'backendChanged') {
      groups[groups.length - 1] = { notice, detail: last.notice.message, indices: [...last.indices, i] };
    } else {
      groups.push({ notice, detail: null, indices: [i] });
    }
  }
  return groups;
}
