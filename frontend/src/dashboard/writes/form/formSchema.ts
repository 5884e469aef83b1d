/** The schema of a write's form: the body's own, without what a form has no use for. */
import { plainText, requiredFirst, resolved, typeOf, type Schema, type Write } from "../document";

/** Up to so many values are a list to choose from; more are searched by typing. */
const CHOOSABLE = 20;

/** Where a field of the form says which values of `FormShape.values` it takes. */
export const VALUES = "x-values";
/** Where a field of the form says that it takes a file. */
export const FILE = "x-file";

export interface FormShape {
  schema: Schema;
  /** The values of fields that take one of many, by the field's place; beside the schema, which is compared often. */
  values: ReadonlyMap<string, unknown[]>;
}

export function formShape(write: Write): FormShape {
  const values = new Map<string, unknown[]>();
  const shaped = (given: Schema, name: string, at: string, around: readonly string[]): Schema => {
    const schema = resolved(write.document, given);
    const type = typeOf(schema);
    const inside = given.$ref === undefined ? around : [...around, given.$ref];
    const shape: Schema = { title: name, type };
    if (schema.description) shape.description = plainText(schema.description);
    if (given.$ref !== undefined && around.includes(given.$ref)) return { ...shape, type: "object", properties: {} };
    if (schema.properties !== undefined) {
      const named = requiredFirst(schema).map((field) => [
        field,
        shaped(schema.properties?.[field] ?? {}, field, `${at}/${field}`, inside),
      ]);
      return { ...shape, type: "object", properties: Object.fromEntries(named), required: schema.required ?? [] };
    }
    if (type === "array") {
      const items = schema.items ?? {};
      // A tag may be an object too; a form offers the plain ones.
      const item = Object.keys(items).length === 0 ? { type: "string" } : items;
      return { ...shape, items: shaped(item, name, `${at}/*`, inside) };
    }
    if (schema.format === "binary") return { ...shape, [FILE]: true };
    if (typeof schema.format === "string") shape.format = schema.format;
    if (schema.enum !== undefined) {
      const offered = schema.enum.filter((value) => value !== null);
      if (offered.length <= CHOOSABLE) return { ...shape, enum: offered };
      values.set(at, offered);
      return { ...shape, [VALUES]: at };
    }
    return shape;
  };
  return { schema: { ...shaped(write.body ?? {}, "", "", []) }, values };
}
