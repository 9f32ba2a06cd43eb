import type { Cell } from "write-excel-file/node";
import type { FileManifest } from "./manifest";
import { xlsxText } from "./xlsx-text";

/** A manifest as rows of a name and a value; a value within another is named by both: app.slug. */
export function manifestCells(manifest: FileManifest): Cell[][] {
  return Object.entries(manifest).flatMap(([name, value]) => rowsOf(name, value));
}

function rowsOf(name: string, value: unknown): Cell[][] {
  if (Array.isArray(value)) return rowsOf(name, value.join(","));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([inner, each]) => rowsOf(`${name}.${inner}`, each));
  }
  const cell: Cell =
    typeof value === "number" || typeof value === "boolean"
      ? value
      : { value: xlsxText(String(value)).text, type: String };
  return [[name, cell]];
}
