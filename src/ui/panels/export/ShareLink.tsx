import { Check, Link } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore, useStrings } from '../../store/hooks';
import { linkTo } from '../../store/link';
import { Button } from '../../widgets/Button';
import { strings } from './strings';

/** A link with the settings of the run, or those of now, to copy. */
export function ShareLink() {
  const texts = useStrings(strings);
  const id = useId();
  const spec = useStore((state) => state.run.start?.spec ?? state.experiment);
  const sample = useStore((state) => state.dataset.sample);
  const [copied, setCopied] = useState<string | null>(null);
  const link = linkTo(location.href, { spec, sample });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(link);
    } catch {
      // Where the browser forbids it, the text is there to be selected.
      document.getElementById(id)?.focus();
    }
  };
  return (
    <section className="share">
      <label htmlFor={id}>{texts.share}</label>
      <p className="field-hint">{sample === null ? texts.shareOwn : texts.shareSample}</p>
      <div className="share-row">
        <input id={id} className="text-input mono" readOnly value={link} onFocus={(event) => event.target.select()} />
        <Button icon={copied === link ? <Check /> : <Link />} onClick={() => void copy()}>
          {copied === link ? texts.copied : texts.copyLink}
        </Button>
      </div>
    </section>
  );
}
