import { describe, expect, it } from 'vitest';
import { testStore } from './fixtures';
import { backendFromAddress, keepView, keptView, threadsFromAddress } from './persist';

const noted = (text: string | null) => ({ getItem: () => text });

describe('the view that is kept', () => {
  it('comes from the note of last time', () => {
    expect(keptView(noted('{"language":"ko","theme":"dark"}'), ['en'])).toEqual({ language: 'ko', theme: 'dark' });
  });

  it('follows the first language of the browser that the page speaks', () => {
    expect(keptView(null, ['fr-FR', 'ko-KR', 'en'])).toEqual({ language: 'ko', theme: 'system' });
    expect(keptView(null, ['de', 'pl'])).toEqual({ language: 'en', theme: 'system' });
  });

  it('takes no unknown value and no broken note', () => {
    expect(keptView(noted('{"language":"xx","theme":"pink"}'), ['en'])).toEqual({ language: 'en', theme: 'system' });
    expect(keptView(noted('{'), ['ko'])).toEqual({ language: 'ko', theme: 'system' });
  });

  it('is noted when it changes, and only then', () => {
    const { store, actions } = testStore();
    const notes: string[] = [];
    keepView(store, { setItem: (_, note) => notes.push(note) });
    actions.setView({ colourBy: 'label' });
    actions.setView({ theme: 'dark' });
    expect(notes).toEqual(['{"language":"en","theme":"dark"}']);
  });

  it('changes all the same where storage is full', () => {
    const { store, actions } = testStore();
    keepView(store, {
      setItem() {
        throw new Error('quota');
      },
    });
    actions.setView({ language: 'ko' });
    expect(store.getState().view.language).toBe('ko');
  });
});

it('takes a number of threads from the address, and only a sensible one', () => {
  expect(threadsFromAddress('?backend=wasm&threads=2')).toBe(2);
  for (const search of ['', '?threads=', '?threads=0', '?threads=two', '?threads=1.5', '?threads=65']) expect(threadsFromAddress(search)).toBeNull();
});

it('takes a backend from the address, and only one that exists', () => {
  expect(backendFromAddress('?backend=wasm&x=1')).toBe('wasm');
  expect(backendFromAddress('?backend=cuda')).toBe('auto');
  expect(backendFromAddress('')).toBe('auto');
});
