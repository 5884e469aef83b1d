/** What is wrong with a body: by its schema and by the rules of the document, in words, with the place of each. */
import { Validator, type OutputUnit, type Schema as CfSchema } from "@cfworker/json-schema";
import type { Fault } from "../../api";
import { strings } from "../../strings/writes";
import { formSchema, type Schema, type Write } from "./document";

/** Keywords that only say that something inside of them failed. */
const AROUND = new Set(["$ref", "properties", "items", "allOf", "anyOf", "oneOf", "if", "then", "else", "additionalProperties", "contains", "dependentSchemas"]);

export type Check = (body: unknown) => Fault[];

/** A check of bodies of a write, made once. */
export function checkOf(write: Write): Check {
  const body = formSchema(write);
  const checks = [body, ...write.rules.flatMap((rule) => (rule.schema ? [rule.schema] : []))].map((schema) => ({
    schema,
    validator: new Validator(withoutId(schema) as CfSchema, "2020-12", false),
    words: write.rules.find((rule) => rule.schema === schema)?.description,
  }));
  return (value) => {
    const found = new Map<string, Fault>();
    for (const { schema, validator, words } of checks) {
      for (const unit of validator.validate(value).errors) {
        const fault = faultOf(unit, schema, words);
        if (fault !== null && !found.has(`${fault.pointer} ${fault.message}`)) {
          found.set(`${fault.pointer} ${fault.message}`, fault);
        }
      }
    }
    return [...found.values()];
  };
}

/** References of a rule to itself are to its own root. */
function withoutId(schema: Schema): Schema {
  const rest: Schema = { ...schema };
  delete rest.$id;
  return rest;
}

function faultOf(unit: OutputUnit, schema: Schema, words: string | undefined): Fault | null {
  if (AROUND.has(unit.keyword)) return null;
  const pointer = unit.instanceLocation.slice(1);
  const said = schemaAt(schema, unit.keywordLocation);
  switch (unit.keyword) {
    case "required": {
      const name = /"([^"]+)"/.exec(unit.error)?.[1];
      return name === undefined ? null : { pointer: `${pointer}/${escaped(name)}`, message: strings.faults.required };
    }
    case "false":
      return { pointer, message: strings.faults.unknown };
    case "enum":
    case "const":
      return { pointer, message: strings.faults.values(said?.enum ?? [said?.const]) };
    case "type":
      return { pointer, message: strings.faults.type(String(said?.type)) };
    case "minItems":
    case "minLength":
      return { pointer, message: strings.faults.atLeast(Number(said?.[unit.keyword])) };
    case "maxItems":
    case "maxLength":
      return { pointer, message: strings.faults.atMost(Number(said?.[unit.keyword])) };
    case "pattern":
      return { pointer, message: said?.description ?? words ?? strings.faults.form };
    default:
      return { pointer, message: words ?? unit.error };
  }
}

/** The schema whose keyword failed; references on the way are not followed, and then there is none. */
function schemaAt(root: Schema, location: string): Schema | undefined {
  const parts = location.replace(/^#\/?/, "").split("/").slice(0, -1).map(unescaped);
  let found: unknown = root;
  for (const part of parts) {
    if (typeof found !== "object" || found === null) return undefined;
    const here = found as Record<string, unknown>;
    if (part === "$ref" && typeof here.$ref === "string") {
      found = here.$ref === "#" ? root : at(root, here.$ref);
    } else {
      found = here[part];
    }
  }
  return typeof found === "object" && found !== null ? (found as Schema) : undefined;
}

function at(root: Schema, reference: string): unknown {
  let found: unknown = root;
  for (const part of reference.replace(/^#\/?/, "").split("/").map(unescaped)) {
    found = typeof found === "object" && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  }
  return found;
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function unescaped(part: string): string {
  return decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
}
