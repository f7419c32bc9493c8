/** Parts of plotly.js that carry no types of their own. */
declare module 'plotly.js/lib/locales/ko' {
  const locale: object;
  export default locale;
}
