/** Choosing a connection among many, or an integration without an account. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import { ask } from "../../api";
import { Field } from "../../components/Field";
import { strings } from "../../strings/writes";
import type { Connection } from "../connections/connection";
import { INTEGRATION_TYPES, useIntegrations } from "../integrations";

interface AccountPickerProps {
  label: string;
  /** `connection:ID`, `integration:TYPE/NAME`, or empty. */
  value: string;
  onChange: (value: string) => void;
  /** Whether more important things are asked for at present. */
  waits: boolean;
  none?: string;
  searchLabel?: string;
}

const SHOWN = 50;

export function AccountPicker(props: AccountPickerProps) {
  const { label, value, onChange, waits, none = strings.choose, searchLabel = strings.accountSearch } = props;
  const id = useId();
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const integrations = useIntegrations(!waits);
  const connections = useQuery({
    queryKey: ["connections", "picked", wanted],
    queryFn: ({ signal }) =>
      ask<{ data: Connection[] }>("GET", "/connections", { query: { limit: SHOWN, search: wanted }, signal }),
    enabled: !waits,
    placeholderData: (before) => before,
  });
  const found = connections.data?.data ?? [];
  const chosen = value.startsWith("connection:") ? value.slice("connection:".length) : null;
  return (
    <div className="picker">
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{none}</option>
          <optgroup label={strings.connections}>
            {chosen !== null && !found.some((one) => one.connection_id === chosen) && (
              <option value={value}>{chosen}</option>
            )}
            {found.map((one) => (
              <option key={one.connection_id} value={`connection:${one.connection_id}`}>
                {`${one.integration_type}/${one.integration_name} ${one.customer_id ?? one.connection_id}`}
              </option>
            ))}
          </optgroup>
          <optgroup label={strings.integrations}>
            {INTEGRATION_TYPES.flatMap((type) =>
              (integrations.data?.[type] ?? [])
                .filter((one) => one.write_operations.length > 0)
                .map(({ integration_name: name }) => (
                  <option key={`${type}/${name}`} value={`integration:${type}/${name}`}>{`${type}/${name}`}</option>
                )),
            )}
          </optgroup>
        </select>
      </div>
      <Field
        label={searchLabel}
        type="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
    </div>
  );
}
