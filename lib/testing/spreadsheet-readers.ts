import Papa from "papaparse";

/** Values that run a formula in some reader of a file when they are written without care. */
export const HOSTILE_TEXTS: readonly string[] = [
  "=1+1",
  "+1",
  "-1+1",
  "@SUM(1)",
  "Hello\n=1+1\n@SUM(1)",
  "n\r=2+2",
  "n\r\n+3",
  "x\n=1+cmd|'/C calc'!A0",
  "x;=1+cmd|'/C calc'!A0;y",
  "x\t=1+1\ty",
  "x,=1+1,y",
  "x|=1+1|y",
  'x";=1+1',
  'x;"=1+1"',
  '";=1+1',
  '"\n=1+1',
  'a"\r\n"=1+1',
  "x; \u00a0\u200b=1+1",
  "x\u0085=1\u2028=2\u2029=3\v=4\f=5",
  ";＝1+1;＠SUM(1);﹢1",
  "';=1",
  "'=1",
  "x;'=1",
];

const DELIMITERS = [",", ";", "\t", "|"] as const;
const NEWLINES = ["\r\n", "\n", "\r"] as const;

/** The cells of a file, by each way in which spreadsheets and scripts may split it. */
export function readings(file: string): { readonly reader: string; readonly cells: string[] }[] {
  const text = file.replace(/^\ufeff/, "");
  return DELIMITERS.flatMap((delimiter) => [
    ...NEWLINES.map((newline) => ({
      reader: `papaparse ${JSON.stringify([delimiter, newline])}`,
      cells: Papa.parse<string[]>(text, { delimiter, newline }).data.flat(),
    })),
    { reader: `python ${JSON.stringify(delimiter)}`, cells: pythonRows(text, delimiter).flat() },
    {
      reader: `python, line by line ${JSON.stringify(delimiter)}`,
      cells: text.split(/\r\n|\r|\n/).flatMap((line) => pythonRows(line, delimiter).flat()),
    },
    {
      reader: `no quotes ${JSON.stringify(delimiter)}`,
      cells: text
        .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
        .flatMap((line) => line.split(delimiter)),
    },
  ]);
}

/** The rows of a text as Python's csv module reads them in its dialect "excel". */
export function pythonRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let state: "start" | "plain" | "quoted" | "quoteInQuoted" = "start";
  const endField = () => {
    row.push(field);
    field = "";
    state = "start";
  };
  const endRow = () => {
    endField();
    rows.push(row);
    row = [];
  };
  for (const character of text.replace(/\r\n/g, "\n")) {
    if (state === "quoted") {
      if (character === '"') state = "quoteInQuoted";
      else field += character;
    } else if (state === "quoteInQuoted" && character === '"') {
      field += character;
      state = "quoted";
    } else if (character === "\n" || character === "\r") endRow();
    else if (character === delimiter) endField();
    else if (state === "start" && character === '"') state = "quoted";
    else {
      field += character;
      state = "plain";
    }
  }
  if (row.length > 0 || field !== "") endRow();
  return rows;
}

const FORMULA = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}"]*[=+\-@＝＋－＠﹢﹣﹦﹫]/u;
// A negative count is a number, also in a line that a reader does not split.
const NUMBER = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}"]*-\d+([.,]\d+)?("|$)/u;

/** The cells that some reader of a file would take for a formula, each with its reader. */
export function formulasIn(file: string): string[] {
  return readings(file).flatMap(({ reader, cells }) =>
    cells
      .filter((cell) => FORMULA.test(cell) && !NUMBER.test(cell))
      .map((cell) => `${reader}: ${cell}`),
  );
}
