/** The organisation's connections: how they are as a whole, a list with filters, and one of them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, Route, Routes, useNavigate } from "react-router";
import { ask } from "../../api";
import { Confirm } from "../../components/Confirm";
import type { Column } from "../../components/DataTable";
import { FilterForm, useFilters, type Filter } from "../../components/FilterForm";
import { Moment } from "../../components/Moment";
import { Paged } from "../../components/Paged";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings } from "../../strings/connections";
import { INTEGRATION_TYPES } from "../integrations";
import type { Connection } from "./connection";
import { ConnectAccount } from "./ConnectAccount";
import "./connections.css";
import { MagicLinks } from "./MagicLinks";
import { OneConnection } from "./OneConnection";

export default function Connections() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path="magic-links" element={<MagicLinks />} />
      <Route path=":id" element={<OneConnection />} />
    </Routes>
  );
}

const FILTERS: readonly Filter[] = [
  { name: "search", label: strings.filters.search },
  { name: "integration_type", label: strings.filters.type, choices: INTEGRATION_TYPES },
  { name: "integration_name", label: strings.filters.name },
  { name: "health", label: strings.filters.health, choices: ["healthy", "failing"] },
];

function List() {
  const filters = useFilters(FILTERS);
  return (
    <>
      <h1>{strings.title}</h1>
      <Counts />
      {useMayChange() && (
        <div className="row">
          <ConnectAccount label={strings.connect} />
          <NewSandbox />
          <Link to="/connections/magic-links">{strings.magicLinks}</Link>
        </div>
      )}
      <FilterForm label={strings.filters.label} filters={FILTERS} />
      <Paged<Connection>
        path="/connections"
        filters={filters}
        caption={strings.caption}
        columns={columns}
        empty={strings.empty}
        refetch={10_000}
      />
    </>
  );
}

interface Summary {
  connections: Record<"total" | "healthy" | "failing" | "syncing" | "paused", number>;
}

function Counts() {
  const summary = useQuery({
    queryKey: ["summary"],
    queryFn: ({ signal }) => ask<{ data: Summary }>("GET", "/summary", { signal }),
    refetchInterval: 10_000,
  });
  if (!summary.data) return null;
  return (
    <dl className="counts">
      {Object.entries(summary.data.data.connections).map(([name, count]) => (
        <div key={name}>
          <dt>{strings.counts[name as keyof typeof strings.counts]}</dt>
          <dd>{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}

function NewSandbox() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [type, setType] = useState<string>(INTEGRATION_TYPES[0]);
  const made = useMutation({
    mutationFn: () => ask<{ connection_id: string }>("POST", `/sandbox/generate-sandbox/${type}`),
    onSuccess: async ({ connection_id: id }) => {
      await client.invalidateQueries();
      await navigate(`/connections/${id}`);
    },
  });
  return (
    <>
      <label>
        {strings.sandbox}{" "}
        <select value={type} onChange={(event) => setType(event.target.value)}>
          {INTEGRATION_TYPES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <Confirm
        label={strings.sandboxMake}
        question={strings.sandboxQuestion(type)}
        onConfirm={() => made.mutate()}
        disabled={made.isPending}
      />
      {made.isError && <Problem error={made.error} />}
    </>
  );
}

const columns: Column<Connection>[] = [
  {
    id: "system",
    header: strings.columns.system,
    cell: ({ row: { original } }) => (
      <Link to={`/connections/${original.connection_id}`}>
        {original.integration_type}/{original.integration_name}
      </Link>
    ),
  },
  { id: "customer", header: strings.columns.customer, accessorFn: (row) => row.customer_id ?? "" },
  { id: "health", header: strings.columns.health, cell: ({ row }) => <Health connection={row.original} /> },
  { id: "sync", header: strings.columns.sync, cell: ({ row }) => <Moment at={row.original.latest_sync} /> },
  { id: "id", header: strings.columns.id, cell: ({ row }) => <code>{row.original.connection_id}</code> },
];

export function Health({ connection: { errors } }: { connection: Connection }) {
  return errors.length === 0 ? (
    <span className="badge good">{strings.healthy}</span>
  ) : (
    <span className="badge bad">{strings.failing(errors.length)}</span>
  );
}
