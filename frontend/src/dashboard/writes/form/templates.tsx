/** How the form library lays out fields, objects and lists. */
import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  TemplatesType,
} from "@rjsf/utils";
import { useState } from "react";
import { strings } from "../../../strings/writes";
import { BaseInput } from "./widgets";

/** A field with its help and faults, which its input names. */
function FieldTemplate({ id, label, required, children, rawErrors = [], rawDescription, schema }: FieldTemplateProps) {
  const holds = schema.type === "object" || schema.type === "array";
  const faults = rawErrors.length > 0 && (
    <ul className="fault plain" id={`${id}__error`}>
      {[...new Set(rawErrors)].map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
  if (holds) {
    return (
      <>
        {faults}
        {children}
      </>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required && <span className="quiet"> {strings.required}</span>}
      </label>
      {children}
      {rawDescription && (
        <p className="help" id={`${id}__description`}>
          {rawDescription}
        </p>
      )}
      {faults}
    </div>
  );
}

/** An object; one that may be left out is closed until it is wanted. */
function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const { title, description, properties, required, fieldPathId, errorSchema = {} } = props;
  const [wanted, setWanted] = useState(false);
  const fields = properties.map((property) => property.content);
  if (fieldPathId.path.length === 0) return <>{fields}</>;
  const last = fieldPathId.path.at(-1);
  if (typeof last === "number") {
    return (
      <fieldset>
        <Legend title={strings.item(title, last + 1)} />
        {fields}
      </fieldset>
    );
  }
  if (required) {
    return (
      <fieldset>
        <Legend title={title} required />
        {description && <p className="help">{description}</p>}
        {fields}
      </fieldset>
    );
  }
  const open = wanted || Object.keys(errorSchema).length > 0;
  return (
    <details className="optional" open={open} onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary>{title}</summary>
      <fieldset>
        <legend className="unseen">{title}</legend>
        {description && <p className="help">{description}</p>}
        {fields}
      </fieldset>
    </details>
  );
}

function Legend({ title, required }: { title: string; required?: boolean | undefined }) {
  return (
    <legend>
      {title}
      {required && <span className="quiet"> {strings.required}</span>}
    </legend>
  );
}

function ArrayFieldTemplate({ title, schema, items, required, canAdd, onAddClick, disabled }: ArrayFieldTemplateProps) {
  return (
    <fieldset>
      <Legend title={title} required={required} />
      {schema.description && <p className="help">{schema.description}</p>}
      {items}
      {canAdd && (
        <button type="button" disabled={disabled} onClick={onAddClick}>
          {strings.add(title)}
        </button>
      )}
    </fieldset>
  );
}

function ArrayFieldItemTemplate({ children, buttonsProps }: ArrayFieldItemTemplateProps) {
  const { index, fieldPathId, hasRemove, onRemoveItem } = buttonsProps;
  const list = String(fieldPathId.path.at(-2) ?? "");
  return (
    <div className="item">
      {children}
      {hasRemove && (
        <button type="button" className="danger" onClick={onRemoveItem}>
          {strings.remove(list, index + 1)}
        </button>
      )}
    </div>
  );
}

function Nothing() {
  return null;
}

export const templates: Partial<TemplatesType> = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
  BaseInputTemplate: BaseInput,
  ErrorListTemplate: Nothing,
  FieldErrorTemplate: Nothing,
};
