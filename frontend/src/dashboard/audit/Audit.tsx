/** Who did what. */
import type { Column } from "../../components/DataTable";
import { FilterForm, useFilters, type Filter } from "../../components/FilterForm";
import { Moment } from "../../components/Moment";
import { Paged } from "../../components/Paged";
import { strings } from "../../strings/audit";

interface Entry {
  id: string;
  at: string;
  actor: { kind: string; id: string | null; name: string | null };
  action: string;
  target: { kind: string; id: string | null };
  detail: unknown;
  request_id: string | null;
}

const FILTERS: readonly Filter[] = [
  { name: "actor", label: strings.filters.actor },
  { name: "action", label: strings.filters.action, help: strings.filters.actionHelp },
  { name: "since", label: strings.filters.since, help: strings.filters.moment },
  { name: "until", label: strings.filters.until },
];

export default function Audit() {
  const filters = useFilters(FILTERS);
  const query = new URLSearchParams(filters).toString();
  return (
    <>
      <h1>{strings.title}</h1>
      <FilterForm label={strings.filters.label} filters={FILTERS} />
      <p>
        <a href={`/audit.csv${query && `?${query}`}`} download>
          {strings.export}
        </a>
      </p>
      <Paged<Entry> path="/audit" filters={filters} caption={strings.caption} columns={columns} />
    </>
  );
}

const columns: Column<Entry>[] = [
  { id: "at", header: strings.columns.at, cell: ({ row }) => <Moment at={row.original.at} /> },
  { id: "actor", header: strings.columns.actor, accessorFn: ({ actor }) => actor.name ?? actor.id ?? actor.kind },
  { id: "action", header: strings.columns.action, cell: ({ row }) => <code>{row.original.action}</code> },
  { id: "target", header: strings.columns.target, cell: ({ row }) => <code>{row.original.target.id}</code> },
  {
    id: "detail",
    header: strings.columns.detail,
    cell: ({ row: { original } }) => original.detail !== null && <code className="long">{JSON.stringify(original.detail)}</code>,
  },
];
