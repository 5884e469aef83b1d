/** Write-info as the page needs it: the fields of a write in a row each, and the schema of its form. */

/** As much of JSON Schema 2020-12 as write-info uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  title?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  "x-vendor-field"?: string[];
  "x-vendor-computed"?: string[];
  "x-account-option"?: string;
  "x-connection-specific"?: boolean;
  [keyword: string]: unknown;
}

export interface Rule {
  applies_to: string;
  description: string;
  schema?: Schema;
}

/** A value of the account that is not offered, and why. */
export interface LeftOut {
  value: string;
  reason: string;
}

export interface WriteInfo {
  info: { title: string; "x-body-rules"?: Rule[]; "x-left-out"?: Record<string, LeftOut[]> };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

interface Operation {
  requestBody?: { content: Record<string, { schema: Schema }> };
}

/** The one write that a document asked for with `operation` describes. */
export interface Write {
  method: string;
  path: string;
  /** The name between the braces of the path, if there is one. */
  parameter: string | null;
  /** Whether its body is a form with a file. */
  takesFile: boolean;
  body: Schema | null;
  rules: Rule[];
  document: WriteInfo;
  /** What the server says of values of the account that it could not renew. */
  staleness: string | null;
}

/** A place in the vendor's request that gets a value of the caller's. */
export interface Landing {
  /** Such as `PUT /returnOrders`. */
  request: string;
  /** A place in it, such as `#/orderNumber`, or empty when the value decides whether it is sent. */
  place: string;
  /** Whether something stands there that was made from the value. */
  computed: boolean;
}

export interface FieldRow {
  /** Such as `line_items[].sku`. */
  path: string;
  type: string;
  required: boolean;
  description: string;
  values: unknown[];
  /** Whether the values are this account's own. */
  ofAccount: boolean;
  /** Whether they are known only with a connection. */
  needsConnection: boolean;
  /** Where it lands; `null` when the document does not say. */
  vendor: Landing[] | null;
}

/** The write of a document that was asked for with `operation`; `null` when there is none. */
export function writeOf(document: WriteInfo, action: string, staleness: string | null): Write | null {
  const [path, methods] = Object.entries(document.paths)[0] ?? [];
  const [method, operation] = Object.entries(methods ?? {})[0] ?? [];
  if (path === undefined || method === undefined || operation === undefined) return null;
  const [contentType, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const rules = (document.info["x-body-rules"] ?? []).filter(
    (rule) => rule.applies_to === "every body" || rule.applies_to === action,
  );
  return {
    method: method.toUpperCase(),
    path,
    parameter: /\{(\w+)\}/.exec(path)?.[1] ?? null,
    takesFile: contentType === "multipart/form-data",
    body: content ? content.schema : null,
    rules,
    document,
    staleness,
  };
}

/** The schema behind references. */
export function resolved(document: WriteInfo, schema: Schema): Schema {
  let found = schema;
  while (found.$ref !== undefined) {
    const name = found.$ref.split("/").at(-1) ?? "";
    const beside: Schema = { ...found };
    delete beside.$ref;
    found = { ...(document.components?.schemas?.[name] ?? {}), ...beside };
  }
  return found;
}

/** The fields of a write's body, those that are required first, each with what is inside of it behind it. */
export function fieldRows(write: Write): FieldRow[] {
  return write.body === null ? [] : rowsOf(write.document, resolved(write.document, write.body), "", new Set());
}

function rowsOf(document: WriteInfo, schema: Schema, prefix: string, around: Set<string>): FieldRow[] {
  return requiredFirst(schema).flatMap((name) => {
    const given = schema.properties?.[name] ?? {};
    const field = resolved(document, given);
    const path = prefix + name;
    const type = typeOf(field);
    const inner = type === "array" ? resolved(document, field.items ?? {}) : field;
    const row: FieldRow = {
      path,
      type: type === "array" ? `${typeOf(inner) || "any"}[]` : type,
      required: schema.required?.includes(name) ?? false,
      description: plainText(field.description ?? ""),
      values: field.enum ?? inner.enum ?? [],
      ofAccount: field["x-account-option"] !== undefined || inner["x-account-option"] !== undefined,
      needsConnection: field["x-connection-specific"] === true || inner["x-connection-specific"] === true,
      vendor: landingsOf(field) ?? landingsOf(inner),
    };
    const reference = given.$ref ?? field.items?.$ref ?? path;
    if (inner.properties === undefined || around.has(reference)) return [row];
    const below = rowsOf(document, inner, type === "array" ? `${path}[].` : `${path}.`, new Set([...around, reference]));
    return [row, ...below];
  });
}

/** The type that is not null. */
export function typeOf(schema: Schema): string {
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  return types.filter((type) => type !== "null").join(" | ");
}

/** Two lists of fields side by side, in the order of the first, then what only the second has. */
export interface Compared {
  path: string;
  left: FieldRow | null;
  right: FieldRow | null;
}

export function compared(left: FieldRow[], right: FieldRow[]): Compared[] {
  const others = new Map(right.map((row) => [row.path, row]));
  const both = left.map((row) => {
    const other = others.get(row.path) ?? null;
    others.delete(row.path);
    return { path: row.path, left: row, right: other };
  });
  return [...both, ...[...others.values()].map((row) => ({ path: row.path, left: null, right: row }))];
}

/** Whether the two sides ask for other things: whether it is taken, needed, its type, or its fixed values. */
export function differ({ left, right }: Compared): boolean {
  const asked = (row: FieldRow | null) => row && [row.required, row.type, row.ofAccount ? [] : row.values];
  return JSON.stringify(asked(left)) !== JSON.stringify(asked(right));
}

/** The names of an object's fields, those that are required first. */
export function requiredFirst(schema: Schema): string[] {
  const names = Object.keys(schema.properties ?? {});
  const required = new Set(schema.required ?? []);
  return [...names.filter((name) => required.has(name)), ...names.filter((name) => !required.has(name))];
}

function landingsOf(schema: Schema): Landing[] | null {
  const computed = new Set(schema["x-vendor-computed"] ?? []);
  const said = schema["x-vendor-field"]?.map((whole) => {
    const [request = "", method = "", path = ""] = /^(\S+) ([^#? ]*)/.exec(whole) ?? [];
    return { request: `${method} ${path}`, place: whole.slice(request.length).trim(), computed: computed.has(whole) };
  });
  return said ?? null;
}

/** A description without the links of its Markdown, which lead to another place's pages. */
export function plainText(description: string): string {
  return description.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1");
}
