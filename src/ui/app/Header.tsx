import { Monitor, Moon, Sun } from 'lucide-react';
import type { Language } from '../store/hooks';
import { useActions, useStore, useStrings } from '../store/hooks';
import { Segmented } from '../widgets/Segmented';
import { Select } from '../widgets/Select';
import { BackendBadge } from './BackendBadge';
import { DatasetChip } from './DatasetChip';
import { Logo } from './Logo';
import { shell } from './strings';

const LANGUAGES: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ko', label: '한국어' },
];

export function Header() {
  const texts = useStrings(shell);
  const { language, theme } = useStore((state) => state.view);
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
        <Segmented
          label={texts.theme}
          value={theme}
          options={[
            { value: 'light', label: texts.themes.light, icon: <Sun /> },
            { value: 'dark', label: texts.themes.dark, icon: <Moon /> },
            { value: 'system', label: texts.themes.system, icon: <Monitor /> },
          ]}
          onChange={(value) => setView({ theme: value })}
        />
      </div>
    </header>
  );
}

