type MissingValueProps = {
  label: string;
  /** Shows the label instead of a dash. */
  isSpelledOut?: boolean;
};

/** A cell without a value. The dash has its meaning as a title and for screen readers. */
export function MissingValue({ label, isSpelledOut = false }: MissingValueProps) {
  if (isSpelledOut) return <span className="text-muted">{label}</span>;
  return (
    <span title={label} className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
