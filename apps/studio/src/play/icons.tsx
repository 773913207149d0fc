/** Small pictures for buttons; hidden from screen readers, since every button has words. */

interface IconProps {
  readonly size?: number;
}

const shapes = {
  play: <path d="M7 4.5v15l12.5-7.5z" fill="currentColor" />,
  stop: <rect x="6" y="6" width="12" height="12" rx="1.5" fill="currentColor" />,
  sun: (
    <g stroke="currentColor" strokeWidth="2" strokeLinecap="round" fill="none">
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
    </g>
  ),
  moon: <path d="M20 14.2A8.2 8.2 0 1 1 9.8 4a6.6 6.6 0 0 0 10.2 10.2z" fill="currentColor" />,
  download: (
    <path
      d="M12 4v10m0 0 4.2-4.2M12 14 7.8 9.8M5 19h14"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      fill="none"
    />
  ),
  wave: (
    <path
      d="M2.5 12h2.2c1.5 0 1.6-7.5 3.3-7.5S10.300 19.500 12 19.500 14.200 8 15.800 8s1.500 4 3 4h2.700"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      fill="none"
    />
  ),
};

export function Icon({ shape, size = 20 }: IconProps & { readonly shape: keyof typeof shapes }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {shapes[shape]}
    </svg>
  );
}
