"use client";

import { type RefObject, useEffect, useReducer, useRef } from "react";

type Steady<Row> = {
  readonly rows: readonly Row[];
  /** What names the list: another list has other rows at once. */
  readonly list: string;
  readonly idOf: (row: Row) => string;
  /** While the pointer is over this element, rows keep their places. */
  readonly held: RefObject<HTMLElement | null>;
};

/**
 * The rows of a list that refreshes by itself. While the pointer is over it, each row keeps its place and
 * only its values change; the new order comes when the pointer leaves.
 */
export function useSteadyRows<Row>({ rows, list, idOf, held }: Steady<Row>): readonly Row[] {
  const shown = useRef({ list, rows });
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const isHeld = shown.current.list === list && (held.current?.matches(":hover") ?? false);
  const kept = isHeld ? inOldPlaces(shown.current.rows, rows, idOf) : rows;
  const isWaiting = kept !== rows;
  useEffect(() => {
    shown.current = { list, rows: kept };
    const element = held.current;
    if (!isWaiting || !element) return;
    element.addEventListener("pointerleave", drawAgain);
    return () => element.removeEventListener("pointerleave", drawAgain);
  }, [list, kept, isWaiting, held]);
  return kept;
}

function inOldPlaces<Row>(
  before: readonly Row[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
): readonly Row[] {
  const isSame =
    before.length === rows.length &&
    before.every((row, index) => idOf(row) === idOf(rows[index] as Row));
  if (isSame || before.length === 0) return rows;
  const present = new Map(rows.map((row) => [idOf(row), row]));
  return before.map((row) => present.get(idOf(row)) ?? row);
}
