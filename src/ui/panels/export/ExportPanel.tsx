import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { methodEntry, relevanceMethods } from '../../../core/catalog';
import type { ExportFile } from '../../../engine/protocol';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import type { ExportedFile } from '../../store/state';
import { Banner } from '../../widgets/Banner';
import { Button } from '../../widgets/Button';
import { Panel } from '../../widgets/Panel';
import { EngineWords } from '../shared/EngineWords';
import { fileName } from './fileName';
import { saveBlob } from '../shared/saveBlob';
import { ShareLink } from './ShareLink';
import { strings } from './strings';

const FILES: readonly ExportFile[] = ['assignments', 'imputed', 'filledCells', 'latent', 'relevance', 'run'];
/** Methods that tell which steps speak for a cluster. */
const TELL = relevanceMethods.map((id) => methodEntry(id).label).join(', ');
const PREVIEW_BYTES = 20_000;

/** Chooses files, has them written by the engine, and offers each for download. */
export function ExportPanel() {
  const texts = useStrings(strings);
  const format = useFormat();
  const exports = useStore((state) => state.exports);
  const recorded = useStore((state) => state.run.checkpoint?.epoch ?? 0);
  const data = useStore((state) => state.dataset.name);
  const spec = useStore((state) => state.run.start?.spec ?? state.experiment);
  const tells = methodEntry(spec.method).relevance !== undefined;
  const makes = useStore(({ run: { makingRelevance } }) => makingRelevance !== null);
  const { exportFiles } = useActions();
  const [chosen, setChosen] = useState<readonly ExportFile[]>(FILES);
  const [writtenAt, setWrittenAt] = useState(0);
  const [day, setDay] = useState(() => new Date());
  const written = exports.files.map(({ name, blob }) => ({ name: fileName(name, data, spec.method, spec.clusters, day), blob }));
  const absent = exports.notes.filter(({ code }) => code === 'noRelevance');
  const changes = exports.notes.filter(({ code }) => code !== 'noRelevance');
  const wants = (file: ExportFile): boolean => chosen.includes(file) && (file !== 'relevance' || tells);
  const write = (): void => {
    setWrittenAt(recorded);
    setDay(new Date());
    void exportFiles(FILES.filter(wants));
  };
  if (recorded === 0) {
    return (
      <Panel id="export" title={texts.title}>
        <p className="faint">{texts.empty}</p>
        <ShareLink />
      </Panel>
    );
  }
  return (
    <Panel id="export" title={texts.title} note={texts.note}>
      <div className="export">
        <fieldset className="plain">
          <legend>{texts.choose}</legend>
          {FILES.map((file) => (
            <label key={file} className="check export-choice">
              <input
                type="checkbox"
                checked={wants(file)}
                disabled={file === 'relevance' && !tells}
                onChange={(event) => setChosen(event.target.checked ? [...chosen, file] : chosen.filter((one) => one !== file))}
              />
              <span>
                <span className="mono">{texts.files[file].name}</span>
                <span className="field-hint">{file === 'relevance' && !tells ? texts.noRelevance(methodEntry(spec.method).label, TELL) : texts.files[file].about}</span>
              </span>
            </label>
          ))}
          <Button look="primary" disabled={!FILES.some(wants) || exports.status === 'working'} onClick={write}>
            {exports.status !== 'working' ? texts.write : makes && wants('relevance') ? texts.makingRelevance : texts.writing}
          </Button>
        </fieldset>
        {exports.status === 'failed' && exports.failure && (
          <Banner tone="bad" title={texts.failed} actions={<Button onClick={write}>{texts.tryAgain}</Button>}>
            <EngineWords message={exports.failure.message} />
          </Banner>
        )}
        {exports.status === 'ready' && (
          <section className="export-ready" aria-live="polite">
            <div className="export-head">
              <h3>{texts.ready}</h3>
              <Button
                icon={<Download />}
                onClick={() => {
                  for (const { name, blob } of written) saveBlob(name, blob);
                }}
              >
                {texts.downloadAll}
              </Button>
            </div>
            {recorded > writtenAt && <Banner tone="warn">{texts.stale}</Banner>}
            {absent.map(({ message }) => (
              <Banner key={message} tone="info">
                <EngineWords message={message} />
              </Banner>
            ))}
            {changes.length > 0 && (
              <Banner tone="info" title={texts.changes}>
                <ul>
                  {changes.map(({ message }) => (
                    <li key={message}>
                      <EngineWords message={message} />
                    </li>
                  ))}
                </ul>
              </Banner>
            )}
            <ul className="export-files">
              {written.map(({ name, blob }) => (
                <li key={name}>
                  <span className="mono">{name}</span>
                  <span className="faint numeric">{format.bytes(blob.size)}</span>
                  <Button icon={<Download />} aria-label={texts.download(name)} onClick={() => saveBlob(name, blob)}>
                    {name.split('.').pop()?.toUpperCase()}
                  </Button>
                </li>
              ))}
            </ul>
            <RunPreview file={exports.files.find(({ name }) => name.endsWith('.json'))} label={texts.preview} />
          </section>
        )}
      </div>
      <ShareLink />
    </Panel>
  );
}

/** The beginning of run.json as text. */
function RunPreview({ file, label }: { file: ExportedFile | undefined; label: string }) {
  const [read, setRead] = useState<{ file: ExportedFile; text: string } | null>(null);
  useEffect(() => {
    let current = true;
    void file?.blob
      .slice(0, PREVIEW_BYTES)
      .text()
      .then((text) => {
        if (current) setRead({ file, text: file.blob.size > PREVIEW_BYTES ? `${text}\n…` : text });
      });
    return () => {
      current = false;
    };
  }, [file]);
  if (!file) return null;
  const text = read?.file === file ? read.text : '';
  return (
    <details className="run-preview">
      <summary>{label}</summary>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
