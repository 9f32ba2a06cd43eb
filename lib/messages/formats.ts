import type { Formats } from "next-intl";

const longDay = { year: "numeric", month: "long", day: "numeric" } as const;
const day = { year: "numeric", month: "short", day: "numeric" } as const;

// A clock of 24 hours: the words for morning and afternoon differ between Node and browsers.
const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;

/** The forms in which a moment is written, by name: `format.dateTime(at, "exact")`. */
export const formats = {
  dateTime: {
    day,
    longDay,
    time,
    minute: { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    exact: { ...day, ...time, timeZoneName: "short" },
  },
} satisfies Formats;
