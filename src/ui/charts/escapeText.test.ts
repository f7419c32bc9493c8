import { expect, test } from 'vitest';
import { escapeText } from './escapeText';

const decode = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

test.each([
  '<span style="background-image:url(http://canary/x)">a</span>',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">go</a>',
  '&lt;b&gt;twice&lt;/b&gt;',
  '&amp;lt;img&amp;gt;',
  '&#60;script&#62;',
  'a<br>b & c > d',
])('turns %j into text that is shown as it stands', (hostile) => {
  const safe = escapeText(hostile, 200);
  expect(safe).not.toMatch(/[<>]/);
  expect(safe).not.toMatch(/&(?!amp;|lt;|gt;)/);
  expect(decode(safe)).toBe(hostile);
});

test('drops control and direction marks', () => {
  expect(escapeText('abc\u202etxt.exe\u2066\n\u0000end')).toBe('abc txt.exe end');
});

test('never leaves text that opens with a dollar sign', () => {
  expect(escapeText('$x$').startsWith('$')).toBe(false);
});

test('cuts long names by letters, not by halves of them', () => {
  expect(escapeText('😀'.repeat(100), 3)).toBe('😀😀…');
});

test('leaves Korean and ordinary names alone', () => {
  expect(escapeText('환자 17 / heart rate (bpm)')).toBe('환자 17 / heart rate (bpm)');
});
