import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseAst } from "vitest/node";

type Node = { readonly type: string; readonly [name: string]: unknown };
type Kind = "text" | "element" | "sometimes" | "sometimesText";

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value;

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of [value].flat()) if (isNode(child)) walk(child, visit);
  }
}

/** Names whose calls return text, such as `t`, and constants by their value. */
function namesOf(program: Node) {
  const translators = new Set(["visibleText", "String"]);
  const constants = new Map<string, Node>();
  walk(program, (node) => {
    if (node.type !== "VariableDeclarator") return;
    const [id, init] = [node.id as Node, node.init as Node | null];
    if (id.type !== "Identifier" || !init) return;
    const name = id.name as string;
    const value = init.type === "AwaitExpression" ? (init.argument as Node) : init;
    const callee = value.type === "CallExpression" ? (value.callee as Node) : null;
    if (/^(use|get)Translations$|^useColumnLabels$/.test(String(callee?.name)))
      translators.add(name);
    else if (value.type !== "ArrowFunctionExpression") constants.set(name, value);
  });
  return { translators, constants };
}

type Names = ReturnType<typeof namesOf>;

function kindOf(node: Node, names: Names, depth = 0): Kind {
  const of = (inner: unknown) => kindOf(inner as Node, names, depth + 1);
  switch (node.type) {
    case "JSXText":
    case "TemplateLiteral":
      return "text";
    case "Literal":
      return typeof node.value === "string" || typeof node.value === "number"
        ? "text"
        : "sometimes";
    case "JSXElement":
    case "JSXFragment":
      return "element";
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
      return of(node.expression);
    case "LogicalExpression": {
      if (node.operator !== "&&") return of(node.right);
      return of(node.right).toLowerCase().endsWith("text") ? "sometimesText" : "sometimes";
    }
    case "ConditionalExpression": {
      const kinds = [of(node.consequent), of(node.alternate)];
      if (kinds.every((kind) => kind === "text")) {
        return [node.consequent, node.alternate].some((each) => isRich(each as Node))
          ? "sometimesText"
          : "text";
      }
      return kinds.some((kind) => kind.toLowerCase().endsWith("text"))
        ? "sometimesText"
        : "sometimes";
    }
    case "CallExpression": {
      const callee = node.callee as Node;
      if (callee.type === "Identifier") {
        return names.translators.has(callee.name as string) ? "text" : "sometimes";
      }
      if (callee.type !== "MemberExpression") return "sometimes";
      const object = callee.object as Node;
      if (object.name === "format") return "text";
      if (names.translators.has(String(object.name))) return "text";
      return "sometimes";
    }
    case "Identifier": {
      const value = names.constants.get(node.name as string);
      return value && depth < 4 ? of(value) : "element";
    }
    default:
      return "element";
  }
}

function isRich(node: Node): boolean {
  const callee = node.type === "CallExpression" ? (node.callee as Node) : null;
  return callee?.type === "MemberExpression" && (callee.property as Node).name === "rich";
}

const isBlank = (child: Node) =>
  (child.type === "JSXText" && String(child.value).trim() === "") ||
  (child.type === "JSXExpressionContainer" &&
    ["JSXEmptyExpression", "Literal"].includes((child.expression as Node).type) &&
    String((child.expression as Node).value ?? "").trim() === "");

/**
 * Elements with text of their own beside something that comes and goes. Where a browser translates the
 * page, it moves the text into elements of its own, and React fails to remove it or to find it.
 */
function loosePlaces(code: string): number[] {
  const program = parseAst(code, { lang: "tsx" } as never) as unknown as Node;
  const names = namesOf(program);
  const places: number[] = [];
  walk(program, (node) => {
    if (node.type !== "JSXElement" && node.type !== "JSXFragment") return;
    const children = (node.children as Node[]).filter((child) => !isBlank(child));
    const kinds = children.map((child) => kindOf(child, names));
    const isShared = children.length > 1 || node.type === "JSXFragment";
    const isLoose =
      (kinds.includes("sometimesText") && isShared) ||
      (kinds.includes("text") && kinds.some((kind) => kind.startsWith("sometimes"))) ||
      (kinds.includes("text") && node.type === "JSXFragment");
    if (isLoose) places.push(code.slice(0, node.start as number).split("\n").length);
  });
  return places;
}

it.each([
  ["<p>{isOn && t('a')}</p>", false],
  ["<p>{isOn ? t('a') : t('b')}</p>", false],
  ["<p><b>a</b>{isOn && t('a')}</p>", true],
  ["<p>{t('a')} {isOn && <b>b</b>}</p>", true],
  ["<p><span>{t('a')}</span> {isOn && <b>b</b>}</p>", false],
  ["<p>a {rows.map(row)}</p>", true],
  ["<><i /> {t('a')}</>", true],
])("judges %s", (jsx, isLoose) => {
  const code = `function A() { const t = useTranslations("a"); return ${jsx}; }`;
  expect(loosePlaces(code).length > 0).toBe(isLoose);
});

it("keeps text in an element of its own beside what comes and goes", () => {
  const files = ["app", "components"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"));
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    loosePlaces(readFileSync(file, "utf8")).map((line) => `${file}:${line}`),
  );
  expect(found).toEqual([]);
});
