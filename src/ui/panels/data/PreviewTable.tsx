import { useMemo, useState } from 'react';
import type { ColumnRole, ImportPlan, ImportPreview } from '../../../core/series/reading/plan';
import { useFormat, useStrings } from '../../store/hooks';
import { missingCell } from './missingCell';
import { rolesFor, withRole } from './roles';
import { strings } from './strings';
import { visibleColumns } from './visibleColumns';

interface PreviewTableProps {
  preview: ImportPreview;
  plan: ImportPlan;
  onChange(plan: ImportPlan): void;
}

const ALL_COLUMNS_LIMIT = 400;

/** The first rows as the file has them, under one role chip a column. */
export function PreviewTable({ preview, plan, onChange }: PreviewTableProps) {
  const texts = useStrings(strings);
  const format = useFormat();
  const [all, setAll] = useState(false);
  const roles = preview.columns.map((_, i): ColumnRole => plan.roles[i] ?? 'ignore');
  const columns = visibleColumns(roles, all ? ALL_COLUMNS_LIMIT : 16);
  const isMissing = useMemo(() => missingCell(plan), [plan]);
  return (
    <>
      <div className="preview-scroll" tabIndex={0} role="region" aria-label={texts.tableCaption}>
        <table className="preview">
          <caption className="visually-hidden">{texts.tableCaption}</caption>
          <thead>
            <tr>
              {columns.map((column) =>
                column.kind === 'hidden' ? (
                  <th key={`hidden${columns.indexOf(column)}`} scope="col" className="preview-hidden">
                    {texts.hiddenColumns(format.integer(column.count))}
                  </th>
                ) : (
                  <th key={column.index} scope="col" data-role={roles[column.index]}>
                    <span className="preview-name" title={preview.columns[column.index]}>
                      {preview.columns[column.index]}
                    </span>
                    <select
                      className="role-chip"
                      data-role={roles[column.index]}
                      aria-label={texts.roleOf(preview.columns[column.index])}
                      value={roles[column.index]}
                      onChange={(event) => onChange(withRole({ ...plan, roles }, column.index, event.target.value as ColumnRole))}
                    >
                      {rolesFor(plan.layout, roles[column.index]).map((role) => (
                        <option key={role} value={role}>
                          {texts.roles[role]}
                        </option>
                      ))}
                    </select>
                    {roles[column.index] === 'label' && <span className="preview-kept">{texts.kept}</span>}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, r) => (
              <tr key={r}>
                {columns.map((column) =>
                  column.kind === 'hidden' ? (
                    <td key={`hidden${columns.indexOf(column)}`} className="preview-hidden">
                      …
                    </td>
                  ) : (
                    <td key={column.index} data-role={roles[column.index]} data-missing={(roles[column.index] === 'value' && isMissing(row[column.index] ?? '')) || undefined}>
                      {row[column.index] ?? ''}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && columns.some((column) => column.kind === 'hidden') && preview.columns.length <= ALL_COLUMNS_LIMIT && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {texts.showColumns}
        </button>
      )}
    </>
  );
}
