/** What is wrong with a body: by its schema and by the rules of the document, with the place of each fault. */
import { Validator, type OutputUnit, type Schema as CfSchema } from "@cfworker/json-schema";
import type { Fault } from "../../../api";
import { strings } from "../../../strings/writes";
import { resolved, type Schema, type Write } from "../document";
import { asJson, steps, valueAt } from "./body";

/** Keywords that only say that something inside of them failed. */
const AROUND = new Set(
  "$ref properties items prefixItems allOf if additionalProperties dependentSchemas propertyNames".split(" "),
);
/** Keywords whose own words count, and not those of what they tried. */
const TRYING = new Set(["anyOf", "oneOf", "contains"]);

export type Check = (body: unknown) => Fault[];

/** A check of bodies of a write, made once. What the browser cannot check is left to the server. */
export function checkOf(write: Write): Check {
  const components = { components: write.document.components };
  const whole: Schema = { ...resolved(write.document, write.body ?? {}), ...components };
  const schemas = [whole, ...write.rules.flatMap((rule) => (rule.schema ? [withoutId(rule.schema)] : []))];
  const checks = schemas.map((schema) => ({ schema, validator: new Validator(schema as CfSchema, "2020-12", false) }));
  return (sent) => {
    const body = asJson(sent);
    const found = new Map<string, Fault>();
    for (const { schema, validator } of checks) {
      for (const fault of faultsOf(schema, errorsOf(validator, body), body)) {
        found.set(`${fault.pointer} ${fault.message}`, fault);
      }
    }
    return [...found.values()];
  };
}

/** Faults that the server told of a body and that what is in the form now may still have. */
export function stillStanding(faults: Fault[], refused: unknown, body: unknown): Fault[] {
  const at = (whole: unknown, { pointer }: Fault) => JSON.stringify(valueAt(whole, pointer));
  return faults.filter((fault) => at(refused, fault) === at(body, fault));
}

/** References of a rule to itself are to its own root. */
function withoutId(schema: Schema): Schema {
  const rest: Schema = { ...schema };
  delete rest.$id;
  return rest;
}

function errorsOf(validator: Validator, body: unknown): OutputUnit[] {
  try {
    return validator.validate(body).errors;
  } catch {
    return [];
  }
}

function faultsOf(schema: Schema, errors: OutputUnit[], body: unknown): Fault[] {
  const tried = errors.filter(({ keyword }) => TRYING.has(keyword)).map((unit) => `${unit.keywordLocation}/`);
  return errors.flatMap((unit, at) => {
    if (AROUND.has(unit.keyword) || tried.some((place) => unit.keywordLocation.startsWith(place))) return [];
    return [faultOf(schema, unit, errors[at - 1], body)];
  });
}

function faultOf(root: Schema, unit: OutputUnit, before: OutputUnit | undefined, body: unknown): Fault {
  const pointer = decodeURI(unit.instanceLocation.slice(1));
  const schema = schemaAt(root, unit.keywordLocation) ?? {};
  const limit = schema[unit.keyword];
  const words = strings.faults;
  const said = schema.description === undefined ? undefined : words.asked(schema.description);
  switch (unit.keyword) {
    case "required":
      return { pointer: `${pointer}/${escaped(/"(.*)"/.exec(unit.error)?.[1] ?? "")}`, message: words.required };
    case "false":
      return { pointer, message: before?.keyword === "additionalProperties" ? words.unknown : words.leftOut };
    case "enum":
      return { pointer, message: words.values((limit as unknown[]).filter((value) => value !== null)) };
    case "const":
      return { pointer, message: words.values([limit]) };
    case "type":
      return { pointer, message: words.type([limit].flat().filter((type) => type !== "null").map(String)) };
    case "format":
      return { pointer, message: words.format(String(limit)) };
    case "not":
      return { pointer, message: isNothing(valueAt(body, pointer)) ? words.nothing : (said ?? words.not) };
    case "minimum":
    case "minItems":
    case "minLength":
      return { pointer, message: said ?? words.atLeast(unit.keyword, Number(limit)) };
    case "maximum":
    case "maxItems":
    case "maxLength":
      return { pointer, message: said ?? words.atMost(unit.keyword, Number(limit)) };
    default:
      return { pointer, message: said ?? unit.error };
  }
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === "string" && ["", "null", "none"].includes(value.toLowerCase()));
}

/** The schema whose keyword failed. */
function schemaAt(root: Schema, location: string): Schema | undefined {
  let found: unknown = root;
  for (const step of steps(decodeURI(location).slice(1)).slice(0, -1)) {
    if (typeof found !== "object" || found === null) return undefined;
    const here = found as Record<string, unknown>;
    found = step === "$ref" ? valueAt(root, String(here.$ref).slice(1)) : here[step];
  }
  return typeof found === "object" && found !== null ? (found as Schema) : undefined;
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
