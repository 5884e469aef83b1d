/** The log of requests: a list with filters, and one call with what it caused. */
import { Link, Route, Routes } from "react-router";
import type { Column } from "../../components/DataTable";
import { FilterForm, useFilters, type Filter } from "../../components/FilterForm";
import { Moment } from "../../components/Moment";
import { Paged } from "../../components/Paged";
import { strings } from "../../strings/requests";
import type { LoggedCall } from "./call";
import { OneRequest } from "./OneRequest";
import "./requests.css";

const FILTERS: readonly Filter[] = [
  { name: "request_id", label: strings.filters.requestId },
  { name: "kind", label: strings.filters.kind, choices: ["api", "vendor"] },
  { name: "connection_id", label: strings.filters.connection },
  { name: "status[gte]", label: strings.filters.status, type: "number" },
  { name: "path[contains]", label: strings.filters.path },
];

export default function Requests() {
  return (
    <Routes>
      <Route index element={<List />} />
      <Route path=":id" element={<OneRequest />} />
    </Routes>
  );
}

function List() {
  const filters = useFilters(FILTERS);
  return (
    <>
      <h1>{strings.title}</h1>
      <p>{strings.introduction}</p>
      <FilterForm label={strings.filters.label} filters={FILTERS} />
      <Paged<LoggedCall> path="/requests" filters={filters} caption={strings.caption} columns={columns} />
    </>
  );
}

const columns: Column<LoggedCall>[] = [
  { id: "at", header: strings.columns.at, cell: ({ row }) => <Moment at={row.original.at} /> },
  { id: "kind", header: strings.columns.kind, accessorFn: (row) => strings.kinds[row.kind] },
  {
    id: "call",
    header: strings.columns.call,
    cell: ({ row: { original } }) => (
      <Link to={`/requests/${original.id}`}>
        {original.method} {original.url}
      </Link>
    ),
  },
  { id: "status", header: strings.columns.status, cell: ({ row }) => <Status call={row.original} /> },
  { id: "took", header: strings.columns.took, accessorFn: (row) => `${row.duration_ms} ms` },
  { id: "actor", header: strings.columns.actor, accessorFn: (row) => row.actor.name ?? row.actor.kind ?? "" },
];

function Status({ call }: { call: LoggedCall }) {
  const bad = call.status === null || call.status >= 400;
  return <span className={bad ? "badge bad" : "badge good"}>{call.status ?? strings.noAnswer}</span>;
}
