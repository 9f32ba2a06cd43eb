/** A shape of what comes; the caller gives it the size of that. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={`block animate-late rounded-control bg-line ${className}`} />;
}
