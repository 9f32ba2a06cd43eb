/**
 * A copy button without its own state or announcements: its CopyRegion has them for all. It is
 * drawn with borders, because hundreds of icons would be slow to lay out and paint.
 * Outside of any client module, because tables call it as a function, also on the server.
 */
export function CopyMark({ value, label }: { value: string; label: string }) {
  return (
    <button
      type="button"
      data-copy={value}
      aria-label={label}
      title={label}
      className="copy-mark"
    />
  );
}
