/** The mark: an R whose leg is the warm accent. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={3.6}
    >
      <rect width="32" height="32" rx="8.5" fill="#134b41" />
      <path d="M10.4 23.6V8.4h6.3a5.1 5.1 0 0 1 0 10.2h-1.9" stroke="#fbfaf8" />
      <path d="m16.6 18.6 5.4 5" stroke="#e9976c" />
    </svg>
  );
}
