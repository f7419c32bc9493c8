import { ClipboardPaste, FolderOpen, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useStore, useStrings } from '../store/hooks';
import { Banner } from '../widgets/Banner';
import { Button } from '../widgets/Button';
import { EngineWords } from '../panels/shared/EngineWords';
import { PasteDialog } from './PasteDialog';
import { RepeatNotice } from './RepeatNotice';
import { sampleTexts } from './sampleStrings';
import { samples } from './samples';
import { sparkline } from './sparkline';
import { shell } from './strings';
import { useOpening } from './useOpening';

const WIDTH = 168;
const HEIGHT = 26;

/** What is shown before there is a file: what Lacuna is, where to drop, four samples. */
export function StartScreen() {
  const texts = useStrings(shell);
  const names = useStrings(sampleTexts);
  const { failure, name } = useStore((state) => state.dataset);
  const { browse, open } = useOpening();
  const [pasting, setPasting] = useState(false);
  return (
    <main className="start" id="content" data-panel="start">
      <div className="start-text">
        <h1>{texts.tagline}</h1>
        <p>{texts.intro}</p>
      </div>
      {failure && (
        <Banner tone="bad" title={texts.notRead(name)}>
          <EngineWords message={failure.message} />
        </Banner>
      )}
      <RepeatNotice />
      <div className="drop-area">
        <GapDrawing />
        <p className="drop-title">{texts.drop}</p>
        <p className="drop-formats">{texts.dropFormats}</p>
        <div className="drop-buttons">
          <Button look="primary" className="large" icon={<FolderOpen />} onClick={browse}>
            {texts.browse}
          </Button>
          <Button className="large" icon={<ClipboardPaste />} onClick={() => setPasting(true)}>
            {texts.paste}
          </Button>
        </div>
        <p className="private">
          <ShieldCheck aria-hidden="true" />
          {texts.private}
        </p>
      </div>
      <section className="samples" aria-labelledby="samples-title">
        <h2 id="samples-title">{texts.samples}</h2>
        <ul>
          {samples.map(({ id, curves }) => (
            <li key={id}>
              <button type="button" className="sample" data-sample={id} onClick={() => open({ kind: 'sample', id })}>
                <svg viewBox={`0 0 ${WIDTH} ${HEIGHT * curves.length}`} aria-hidden="true">
                  {curves.map((values, i) => {
                    const { observed, gaps } = sparkline(values, WIDTH, HEIGHT);
                    return (
                      <g key={observed} transform={`translate(0 ${i * HEIGHT})`}>
                        <path className="spark-gap" d={gaps} />
                        <path className="spark" d={observed} />
                      </g>
                    );
                  })}
                </svg>
                <span className="sample-name">{names[id].name}</span>
                <span className="sample-about">{names[id].about}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <PasteDialog open={pasting} onClose={() => setPasting(false)} />
    </main>
  );
}

/** Three series with holes, the holes filled in: the picture in the drop area. */
function GapDrawing() {
  return (
    <svg className="gap-drawing" viewBox="0 0 220 72" aria-hidden="true">
      <path d="M6 30C20 8 34 8 48 26M92 40C106 58 120 56 132 36M176 22C190 10 202 16 214 30" />
      <path className="spark-gap" d="M48 26C60 42 76 30 92 40M132 36C144 16 160 30 176 22" />
      <path d="M6 58C26 58 36 44 54 46M120 58C140 66 156 48 172 50S204 60 214 54" />
      <path className="spark-gap" d="M54 46C78 48 96 50 120 58" />
    </svg>
  );
}
