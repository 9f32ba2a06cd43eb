/** The mark of the product; its name stands beside it. */
export function ProductMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-6 shrink-0">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <path
        d="M8 10.5h16M8 16h11M8 21.5h6"
        className="stroke-on-accent stroke-3"
        strokeLinecap="round"
      />
      <circle cx="23" cy="21.5" r="2.5" className="fill-on-accent" />
    </svg>
  );
}
