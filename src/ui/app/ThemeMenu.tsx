import { Monitor, Moon, Sun } from 'lucide-react';
import { useActions, useStore, useStrings } from '../store/hooks';
import { Menu } from '../widgets/Menu';
import { shell } from './strings';

const THEMES = [
  { value: 'light', Icon: Sun },
  { value: 'dark', Icon: Moon },
  { value: 'system', Icon: Monitor },
] as const;

export function ThemeMenu() {
  const texts = useStrings(shell);
  const theme = useStore((state) => state.view.theme);
  const { setView } = useActions();
  const { Icon } = THEMES.find(({ value }) => value === theme) ?? THEMES[2];
  return (
    <Menu label={`${texts.theme}: ${texts.themes[theme]}`} className="bare" button={<Icon aria-hidden="true" />}>
      <fieldset>
        <legend className="visually-hidden">{texts.theme}</legend>
        {THEMES.map(({ value }) => (
          <label key={value} className="check">
            <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => setView({ theme: value })} />
            {texts.themes[value]}
          </label>
        ))}
      </fieldset>
    </Menu>
  );
}
