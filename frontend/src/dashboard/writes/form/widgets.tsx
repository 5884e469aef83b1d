/** The inputs of the form: a value of many, a file, yes or no, a text. Each names its help and its faults. */
import type { BaseInputTemplateProps, RegistryWidgetsType, WidgetProps } from "@rjsf/utils";
import { useId, useState } from "react";
import { strings } from "../../../strings/writes";
import { matching } from "../matching";
import { FILE, VALUES } from "./formSchema";

/** So many of many values are offered at a time, while one types. */
const OFFERED = 50;

type Values = ReadonlyMap<string, unknown[]>;

function described({ id, rawErrors = [], schema }: Pick<WidgetProps, "id" | "rawErrors" | "schema">) {
  const by = [schema.description && `${id}__description`, rawErrors.length > 0 && `${id}__error`];
  return {
    "aria-describedby": by.filter(Boolean).join(" ") || undefined,
    "aria-invalid": rawErrors.length > 0 || undefined,
  };
}

/** An input of the type that fits the field. */
export function BaseInput(props: BaseInputTemplateProps) {
  const { id, value, type, schema, required, disabled, onChange } = props;
  const numeric = schema.type === "number" || schema.type === "integer";
  return (
    <input
      id={id}
      type={type ?? (numeric ? "number" : "text")}
      step={numeric ? "any" : undefined}
      value={value === undefined || value === null ? "" : String(value)}
      required={required}
      disabled={disabled}
      {...described(props)}
      onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
    />
  );
}

function TextWidget(props: WidgetProps) {
  if (FILE in props.schema) return <FileWidget {...props} />;
  if (VALUES in props.schema) return <SearchedValue {...props} />;
  return <BaseInput {...props} />;
}

/** One value of very many, found by typing a part of it. */
function SearchedValue(props: WidgetProps) {
  const { id, value, schema, required, disabled, onChange, registry } = props;
  const list = useId();
  const values = (registry.formContext as { values: Values }).values.get(String(schema[VALUES])) ?? [];
  const typed = value === undefined || value === null ? "" : String(value);
  const found = matching(values, typed, OFFERED);
  return (
    <>
      <input
        id={id}
        list={list}
        value={typed}
        required={required}
        disabled={disabled}
        autoComplete="off"
        placeholder={strings.searched(values.length)}
        {...described(props)}
        onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
      />
      <datalist id={list}>
        {found.map((one) => (
          <option key={String(one)} value={String(one)} />
        ))}
      </datalist>
    </>
  );
}

function SelectWidget(props: WidgetProps) {
  const { id, value, options, required, disabled, onChange } = props;
  const values = (options.enumOptions ?? []).map((one) => one.value as unknown);
  return (
    <select
      id={id}
      value={value === undefined || value === null ? "" : String(value)}
      required={required}
      disabled={disabled}
      {...described(props)}
      onChange={({ target }) => onChange(values.find((one) => String(one) === target.value))}
    >
      <option value="">{strings.notGiven}</option>
      {values.map((one) => (
        <option key={String(one)} value={String(one)}>
          {String(one)}
        </option>
      ))}
    </select>
  );
}

/** Yes, no, or left out, which a box to tick could not tell apart. */
function YesNoWidget(props: WidgetProps) {
  const enumOptions = [true, false].map((value) => ({ value, label: String(value) }));
  return <SelectWidget {...props} options={{ ...props.options, enumOptions }} />;
}

function FileWidget(props: WidgetProps) {
  const { id, required, disabled, onChange } = props;
  return (
    <input
      id={id}
      type="file"
      required={required}
      disabled={disabled}
      {...described(props)}
      onChange={({ target }) => onChange(target.files?.[0])}
    />
  );
}

/** A moment in the clock of whoever fills in; the body has it in UTC. */
function MomentWidget(props: WidgetProps) {
  const [typed, setTyped] = useState("");
  const moment = new Date(typed);
  return (
    <>
      <BaseInput
        {...props}
        type="datetime-local"
        value={props.value === undefined ? "" : typed}
        onChange={(text: string | undefined) => {
          setTyped(text ?? "");
          props.onChange(text === undefined ? undefined : utc(text));
        }}
      />
      {!Number.isNaN(moment.getTime()) && props.value !== undefined && <p className="help">{moment.toISOString()}</p>}
    </>
  );
}

function utc(text: string): string | undefined {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString().replace(".000Z", "Z");
}

export const widgets: RegistryWidgetsType = {
  TextWidget,
  SelectWidget,
  CheckboxWidget: YesNoWidget,
  DateTimeWidget: MomentWidget,
};
