/** A resource's records in a table. Which filters there are is asked of the API's own description. */
import { useQuery } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { Link, useSearchParams } from "react-router";
import { ask } from "../../api";
import type { Column } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { Moment } from "../../components/Moment";
import { Paged, type Filters } from "../../components/Paged";
import { strings } from "../../strings/data";
import { texts } from "../SignIn";

type Row = Record<string, unknown>;

/** What people know a record by, as far as its resource has it. */
const TELLING = ["status", "order_number", "sku", "name", "purchase_order_number", "reference_id", "order_id"];
const NOT_A_FILTER = new Set(["limit", "page_token"]);
const PREFIX = "f.";

interface RecordsProps {
  connection: string;
  /** The list as the API describes it. */
  list: string;
  /** Its path, with the id of the record that it is below. */
  resource: string;
}

export function Records({ connection, list, resource }: RecordsProps) {
  const [query, setQuery] = useSearchParams();
  const filters: Filters = Object.fromEntries(
    [...query].flatMap(([name, value]) => (name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value]] : [])),
  );
  const set = (change: (after: URLSearchParams) => void) =>
    setQuery((before) => {
      const after = new URLSearchParams(before);
      change(after);
      return after;
    });
  const columns: Column<Row>[] = [
    {
      id: "id",
      header: strings.columns.id,
      cell: ({ row: { original } }) => (
        <Link to={`?${new URLSearchParams({ connection, resource, record: String(original.id) }).toString()}`}>
          {String(original.id)}
        </Link>
      ),
    },
    {
      id: "telling",
      header: strings.columns.telling,
      cell: ({ row: { original } }) =>
        TELLING.filter((name) => original[name] !== undefined && original[name] !== null).map((name) => (
          <span key={name} className="told">
            <span className="quiet">{name}</span> {String(original[name])}
          </span>
        )),
    },
    {
      id: "changed",
      header: strings.columns.changed,
      cell: ({ row: { original } }) => <Moment at={original.trackstar_updated_date as string} />,
    },
    {
      id: "tags",
      header: strings.columns.tags,
      accessorFn: (row) => (row.trackstar_tags ? JSON.stringify(row.trackstar_tags) : ""),
    },
  ];
  return (
    <>
      <NewFilter list={list} onAdd={(name, value) => set((after) => after.set(PREFIX + name, value))} />
      <ul className="plain row" aria-label={strings.filters}>
        {Object.entries(filters).map(([name, value]) => (
          <li key={name}>
            <button type="button" onClick={() => set((after) => after.delete(PREFIX + name))}>
              {strings.removeFilter(`${name} = ${value}`)}
            </button>
          </li>
        ))}
      </ul>
      <Paged<Row>
        path={resource}
        connection={connection}
        filters={filters}
        caption={strings.caption(resource)}
        columns={columns}
        refetch={10_000}
      />
    </>
  );
}

interface Described {
  paths: Record<string, { get?: { parameters?: { name: string; in: string; description?: string }[] } }>;
}

function NewFilter({ list, onAdd }: { list: string; onAdd: (name: string, value: string) => void }) {
  const [field, setField] = useState("");
  const described = useQuery({
    queryKey: ["openapi"],
    queryFn: ({ signal }) => ask<Described>("GET", "/openapi.json", { signal }),
    staleTime: Infinity,
  });
  const names = (described.data?.paths[list]?.get?.parameters ?? [])
    .filter((one) => one.in === "query" && !NOT_A_FILTER.has(one.name))
    .map((one) => one.name);
  const chosen = names.includes(field) ? field : (names[0] ?? "");
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = texts(event.currentTarget).value;
    if (value) onAdd(chosen, value);
    event.currentTarget.reset();
  };
  return (
    <form role="search" aria-label={strings.filters} className="row filters" onSubmit={submit}>
      <div className="field">
        <label htmlFor="filter-name">{strings.field}</label>
        <select id="filter-name" value={chosen} onChange={(event) => setField(event.target.value)}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <Field label={strings.value} name="value" type="search" />
      <button type="submit" disabled={chosen === ""}>
        {strings.add}
      </button>
    </form>
  );
}
