/** From what is in the form to the body that is sent. */
import type { Schema } from "../document";

/** What the form begins with: one item in each list that is required. */
export function emptyBody(schema: Schema): unknown {
  if (schema.type === "object") {
    const required = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name));
    const filled = required.map(([name, inner]) => [name, emptyBody(inner)]).filter(([, value]) => value !== undefined);
    return Object.fromEntries(filled);
  }
  return schema.type === "array" && schema.items !== undefined ? [emptyBody(schema.items)] : undefined;
}

/** The body in the schema's order: without fields, objects and lists that were left empty, unless required. */
export function bodyOf(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => bodyOf(schema.items ?? {}, item) ?? null);
  if (!isObject(value)) return value;
  const kept = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const sent = bodyOf(inner, value[name]);
    const left = isEmpty(sent) && !schema.required?.includes(name);
    return sent === undefined || left ? [] : [[name, sent]];
  });
  return Object.fromEntries(kept) as unknown;
}

/** A body as JSON has it, files being their names; undefined for none. */
export function asJson(body: unknown): unknown {
  if (body === undefined) return undefined;
  return JSON.parse(JSON.stringify(body, (_, value: unknown) => (value instanceof File ? value.name : value))) as unknown;
}

/** A body as a form with a file is sent. */
export function asFormData(body: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(isObject(body) ? body : {})) {
    form.append(name, value instanceof File ? value : String(value));
  }
  return form;
}

/** What a body has at a JSON Pointer; undefined for nothing. */
export function valueAt(body: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[step] : undefined),
    body,
  );
}

/** The steps of a JSON Pointer. */
export function steps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof File);
}
