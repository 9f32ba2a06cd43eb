import { vi } from "vitest";

const write = process.stderr.write.bind(process.stderr);

/**
 * Keeps the desk's log off the standard error until mocks are restored, and gives the list in which its
 * lines gather. A warning of Node is no line of it, and may come at any time: it is let through.
 */
export function catchLog(): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    const line = String(text);
    if (!line.startsWith('{"time":')) return write(line);
    lines.push(line);
    return true;
  });
  return lines;
}
