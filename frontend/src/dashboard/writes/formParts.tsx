/** The form library's parts that need words of ours, or another element. */
import type { FieldTemplateProps, IconButtonProps, RegistryWidgetsType, TemplatesType, WidgetProps } from "@rjsf/utils";
import { useId } from "react";
import { strings } from "../../strings/writes";

const MANY = 40;

function worded(words: string) {
  return function WordedButton({ onClick, disabled, id }: IconButtonProps) {
    return (
      <button type="button" id={id} onClick={onClick} disabled={disabled}>
        {words}
      </button>
    );
  };
}

function RemoveButton({ onClick, disabled, id }: IconButtonProps) {
  const name = (id ?? "").replace(/^root_/, "").replace(/__remove$/, "").replaceAll("_", " ");
  return (
    <button type="button" id={id} onClick={onClick} disabled={disabled} className="danger">
      {strings.remove(name)}
    </button>
  );
}

/** A field with its help and faults, which its input names. */
function FieldTemplate({ id, label, required, children, rawErrors = [], rawDescription, displayLabel, hidden }: FieldTemplateProps) {
  if (hidden) return <div hidden>{children}</div>;
  return (
    <div className="field">
      {displayLabel && (
        <label htmlFor={id}>
          {label}
          {required && <span className="quiet"> {strings.required}</span>}
        </label>
      )}
      {children}
      {displayLabel && rawDescription && (
        <p className="help" id={`${id}__description`}>
          {rawDescription}
        </p>
      )}
      {rawErrors.length > 0 && (
        <ul className="fault plain" id={`${id}__error`}>
          {[...new Set(rawErrors)].map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A list of values; where there are many, one that is searched by typing. */
function SelectWidget({ id, value, options, onChange, disabled, rawErrors = [] }: WidgetProps) {
  const list = useId();
  const values = (options.enumOptions ?? []).map((one) => one.value as unknown).filter((one) => one !== null);
  const described = `${id}__description ${id}__error`;
  const given = (text: string) => values.find((one) => String(one) === text) ?? (text === "" ? undefined : text);
  const shown = value === undefined || value === null ? "" : String(value);
  if (values.length > MANY) {
    return (
      <>
        <input
          id={id}
          list={list}
          value={shown}
          disabled={disabled}
          aria-describedby={described}
          aria-invalid={rawErrors.length > 0 || undefined}
          onChange={(event) => onChange(given(event.target.value))}
        />
        <datalist id={list}>
          {values.map((one) => (
            <option key={String(one)} value={String(one)} />
          ))}
        </datalist>
      </>
    );
  }
  return (
    <select
      id={id}
      value={shown}
      disabled={disabled}
      aria-describedby={described}
      aria-invalid={rawErrors.length > 0 || undefined}
      onChange={(event) => onChange(given(event.target.value))}
    >
      <option value=""></option>
      {values.map((one) => (
        <option key={String(one)} value={String(one)}>
          {String(one)}
        </option>
      ))}
    </select>
  );
}

function Nothing() {
  return null;
}

export const templates: Partial<TemplatesType> = {
  FieldTemplate,
  ErrorListTemplate: Nothing,
  FieldErrorTemplate: Nothing,
  ButtonTemplates: {
    SubmitButton: Nothing,
    AddButton: worded(strings.add),
    RemoveButton,
    MoveUpButton: worded(strings.up),
    MoveDownButton: worded(strings.down),
    CopyButton: worded(strings.copy),
    ClearButton: worded(strings.remove("")),
  } as TemplatesType["ButtonTemplates"],
};

export const widgets: RegistryWidgetsType = { SelectWidget };
