/** The fields of an account, with help and what is wrong with each. */
import { faultAt } from "../api";
import { Field } from "../components/Field";
import { strings } from "../strings/link";
import type { AccountGiven, CredentialField, Offered } from "./api";

export function Fields({ fields, error }: { fields: CredentialField[]; error: unknown }) {
  return fields.map((field) => (
    <Field
      key={field.name}
      label={field.required ? field.title : strings.optional(field.title)}
      name={field.name}
      type={field.secret ? "password" : "text"}
      autoComplete="off"
      spellCheck={false}
      required={field.required}
      help={strings.help(field.description, field.example, field.where)}
      defaultValue={field.default ?? ""}
      fault={faultAt(error, `/fields/${field.name}`)}
    />
  ));
}

/** The account that a form has, without what was left empty. */
export function accountOf(system: Offered, form: HTMLFormElement): AccountGiven {
  const given = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
  return {
    integration_type: system.integration_type,
    integration_name: system.integration_name,
    fields: Object.fromEntries(given.filter(([, value]) => value !== "")) as Record<string, string>,
  };
}
