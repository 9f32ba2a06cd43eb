import { CommandError, type Lifetime } from "./command";

const CHECK_MS = 500;

/** Ends a command that serves one terminal when its parent was killed and could not pass that on. */
export function endWithParent({ fail }: Lifetime): void {
  const parent = process.ppid;
  const check = () => {
    if (process.ppid !== parent) fail(new CommandError("The process that started this has ended."));
  };
  setInterval(check, CHECK_MS).unref();
}
