/** A curve with a gap that is filled in faint: what the program does. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 24 24" fill="none" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M2 15l3.2-6L8 13" />
      <path className="logo-gap" d="M8 13c1.6 2.6 2.6 4 4 4s2.6-1.6 4-4.5" strokeDasharray="0.1 3.6" />
      <path d="M16.3 12l2.2-5.5L22 13" />
    </svg>
  );
}
