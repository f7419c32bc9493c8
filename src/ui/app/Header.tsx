import type { Language } from '../store/hooks';
import { useActions, useStore, useStrings } from '../store/hooks';
import { Select } from '../widgets/Select';
import { BackendBadge } from './BackendBadge';
import { DatasetChip } from './DatasetChip';
import { Logo } from './Logo';
import { shell } from './strings';
import { ThemeMenu } from './ThemeMenu';

const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ko', label: '한국어' },
];

export function Header() {
  const texts = useStrings(shell);
  const language = useStore((state) => state.view.language);
  const { setView } = useActions();
  return (
    <header className="header">
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <span className="brand">
        <Logo />
        Lacuna
      </span>
      <DatasetChip />
      <div className="header-end">
        <BackendBadge />
        <Select label={texts.language} className="bare" value={language} options={LANGUAGES} onChange={(value) => setView({ language: value })} />
        <ThemeMenu />
      </div>
    </header>
  );
}

