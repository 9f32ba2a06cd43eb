import type { Subscription, SubscriptionList } from "./subscriptions";

export interface Range {
  readonly offset: number;
  readonly limit: number;
}

export interface Page {
  readonly total: number;
  readonly subscriptions: readonly Subscription[];
  readonly complete: boolean;
  readonly next: number;
}

/** A page as the vendor describes it: Next is 0 at the end and otherwise the next offset. */
export function readPage(list: SubscriptionList, { offset, limit }: Range): Page {
  const end = Math.min(offset + limit, list.length);
  const subscriptions: Subscription[] = [];
  for (let position = offset; position < end; position++) {
    const subscription = list.at(position);
    if (subscription !== null) subscriptions.push(subscription);
  }
  const complete = end >= list.length;
  return { total: list.total, subscriptions, complete, next: complete ? 0 : end };
}

/** Changes what a page says about itself. */
export type PageFault = (page: Page, range: Range) => Page;

/** Next stands still and the end never comes. */
export const stuckNext: PageFault = (page, { offset }) => ({
  ...page,
  complete: false,
  next: offset,
});

/** Next grows past the end, where pages are empty and still not the last. */
export const neverComplete: PageFault = (page, { offset, limit }) => ({
  ...page,
  complete: false,
  next: offset + limit,
});

/** TotalCount is wrong by a number. */
export function totalOffBy(difference: number): PageFault {
  return (page) => ({ ...page, total: page.total + difference });
}
