/** The form of a write's body, made from write-info, with every fault at its field while one types. */
import Form from "@rjsf/core/lib/components/Form.js";
import type { RJSFSchema } from "@rjsf/utils";
import { useMemo } from "react";
import type { Fault } from "../../api";
import type { Write } from "./document";
import { bodyOf } from "./form/body";
import { checkOf } from "./form/faults";
import type { FormShape } from "./form/formSchema";
import { templates } from "./form/templates";
import { errorSchemaOf, validatorFor } from "./form/validator";
import { widgets } from "./form/widgets";

interface WriteFormProps {
  write: Write;
  shape: FormShape;
  inForm: unknown;
  /** What the server said of it. */
  told: Fault[];
  onChange: (inForm: unknown) => void;
}

export function WriteForm({ write, shape, inForm, told, onChange }: WriteFormProps) {
  const validator = useMemo(() => {
    const check = checkOf(write);
    return validatorFor((value) => check(bodyOf(shape.schema, value ?? {})));
  }, [write, shape]);
  return (
    <Form
      schema={shape.schema as RJSFSchema}
      validator={validator}
      formData={inForm}
      formContext={{ values: shape.values }}
      liveValidate="onChange"
      showErrorList={false}
      noHtml5Validate
      tagName="div"
      templates={templates}
      widgets={widgets}
      uiSchema={UI}
      experimental_defaultFormStateBehavior={AS_GIVEN}
      extraErrors={errorSchemaOf(told)}
      onChange={({ formData }) => onChange(formData)}
    >
      <></>
    </Form>
  );
}

const UI = { "ui:globalOptions": { orderable: false } };
const AS_GIVEN = { arrayMinItems: { populate: "never" }, emptyObjectFields: "skipDefaults" } as const;
