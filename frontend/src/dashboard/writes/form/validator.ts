/** What the form library asks of a validator, answered by one that makes no code: the pages' policy forbids that. */
import type { ErrorSchema, RJSFValidationError, ValidatorType } from "@rjsf/utils";
import type { Fault } from "../../../api";
import { steps } from "./body";

/** A validator whose faults are those that `faults` tells of what is in the form. */
export function validatorFor(faults: (inForm: unknown) => Fault[]): ValidatorType {
  return {
    validateFormData: (inForm) => {
      const found = faults(inForm);
      const errors = found.map(
        ({ pointer, message }): RJSFValidationError => ({ property: pointer, message, stack: `${pointer}: ${message}` }),
      );
      return { errors, errorSchema: errorSchemaOf(found) };
    },
    // Asked only to choose between alternatives, of which the form has none.
    isValid: () => true,
    rawValidation: () => ({ errors: [] }),
  };
}

/** Faults where the form looks for those of each field. */
export function errorSchemaOf(faults: Fault[]): ErrorSchema {
  const root: ErrorSchema = {};
  for (const { pointer, message } of faults) {
    let place = root as Record<string, ErrorSchema>;
    for (const step of steps(pointer)) place = (place[step] ??= {}) as Record<string, ErrorSchema>;
    const here = place as ErrorSchema;
    here.__errors = [...(here.__errors ?? []), message];
  }
  return root;
}
