/** The organisation's connections. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api";
import { DataTable, type Column } from "../../components/DataTable";
import { Problem } from "../../components/Problem";
import { strings } from "../../strings/connections";
import { strings as shell } from "../../strings/shell";
import type { Connection } from "./connection";

export default function Connections() {
  const connections = useQuery({
    queryKey: ["connections"],
    queryFn: ({ signal }) => ask<{ data: Connection[] }>("GET", "/connections", { query: { limit: 100 }, signal }),
  });
  return (
    <>
      <h1>{strings.title}</h1>
      {connections.isPending && <p role="status">{shell.shell.loading}</p>}
      {connections.isError && <Problem error={connections.error} retry={() => void connections.refetch()} />}
      {connections.data && (
        <DataTable caption={strings.caption} columns={columns} rows={connections.data.data} empty={strings.empty} />
      )}
    </>
  );
}

const columns: Column<Connection>[] = [
  {
    id: "system",
    header: strings.columns.system,
    accessorFn: (row) => `${row.integration_type}/${row.integration_name}`,
  },
  { id: "customer", header: strings.columns.customer, accessorFn: (row) => row.customer_id ?? "" },
  { id: "health", header: strings.columns.health, cell: ({ row }) => <Health connection={row.original} /> },
  { id: "id", header: strings.columns.id, cell: ({ row }) => <code>{row.original.connection_id}</code> },
];

function Health({ connection: { errors } }: { connection: Connection }) {
  return errors.length === 0 ? (
    <span className="badge good">{strings.healthy}</span>
  ) : (
    <span className="badge bad">{strings.failing(errors.length)}</span>
  );
}
