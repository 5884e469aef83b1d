/** What the form library asks of a validator, answered by one that makes no code: the pages' policy forbids that. */
import { Validator, type Schema as CfSchema } from "@cfworker/json-schema";
import type { ErrorSchema, RJSFSchema, RJSFValidationError, ValidationData, ValidatorType } from "@rjsf/utils";
import type { Fault } from "../../api";
import { unescaped, type Check } from "./faults";

/** A validator whose faults are those of `check`. */
export function validatorFor(check: Check): ValidatorType {
  return {
    validateFormData: (body) => told(check(body ?? {})),
    isValid: (schema, body, root) => isValid(schema, body, root),
    rawValidation: () => ({ errors: [] }),
  };
}

function isValid(schema: RJSFSchema, body: unknown, root: RJSFSchema): boolean {
  const whole = { ...schema, components: (root as Record<string, unknown>).components };
  try {
    return new Validator(whole as CfSchema, "2020-12").validate(body).valid;
  } catch {
    return false;
  }
}

function told(faults: Fault[]): ValidationData<unknown> {
  const errors: RJSFValidationError[] = faults.map(({ pointer, message }) => ({
    property: pointer,
    message,
    stack: `${pointer}: ${message}`,
  }));
  return { errors, errorSchema: errorSchemaOf(faults) };
}

/** Faults where the form looks for those of each field. */
export function errorSchemaOf(faults: Fault[]): ErrorSchema {
  const root: ErrorSchema = {};
  for (const { pointer, message } of faults) {
    let place = root as Record<string, ErrorSchema>;
    for (const part of pointer.split("/").slice(1).map(unescaped)) {
      place = (place[part] ??= {}) as Record<string, ErrorSchema>;
    }
    const here = place as ErrorSchema;
    here.__errors = [...(here.__errors ?? []), message];
  }
  return root;
}
