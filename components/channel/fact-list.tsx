import type { ReactNode } from "react";

export type Fact = {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
  /** The focus may be put on it, when what had it there is replaced. */
  readonly focusable?: boolean;
};

/** What is known of one thing, under a heading; hidden where there is nothing to tell. */
export function FactList({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section hidden={facts.length === 0}>
      <h3 className="mb-2 font-semibold">{title}</h3>
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {facts.map(({ id, label, value, focusable }) => (
          <div key={id}>
            <dt className="text-dense text-muted">{label}</dt>
            <dd className="mt-0.5" tabIndex={focusable ? -1 : undefined}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
