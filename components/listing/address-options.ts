import { throttle } from "nuqs";

/** For changes that Back should not undo one by one, such as trying columns. */
export const REPLACE = { history: "replace" } as const;

/** For every input into a search box. Browsers refuse more than about three changes a second. */
export const WHILE_TYPING = { ...REPLACE, limitUrlUpdates: throttle(350) } as const;
