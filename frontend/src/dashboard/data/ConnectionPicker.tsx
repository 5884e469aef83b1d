/** Choosing one connection among many. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { ask } from "../../api";
import { Field } from "../../components/Field";
import { strings } from "../../strings/data";
import type { Connection } from "../connections/connection";

export function ConnectionPicker({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const connections = useQuery({
    queryKey: ["connections", "picked", wanted],
    queryFn: ({ signal }) =>
      ask<{ data: Connection[] }>("GET", "/connections", { query: { limit: 50, search: wanted }, signal }),
    placeholderData: keepPreviousData,
  });
  const found = connections.data?.data ?? [];
  return (
    <div className="row">
      <div className="field">
        <label htmlFor="connection">{strings.connection}</label>
        <select id="connection" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{strings.choose}</option>
          {value !== "" && !found.some((one) => one.connection_id === value) && <option>{value}</option>}
          {found.map((one) => (
            <option key={one.connection_id} value={one.connection_id}>
              {`${one.integration_type}/${one.integration_name} ${one.customer_id ?? one.connection_id}`}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={strings.search}
        type="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
    </div>
  );
}
