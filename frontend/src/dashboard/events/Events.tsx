/** What happened, and to whom it was told. */
import { NavLink, Route, Routes } from "react-router";
import { Link } from "react-router";
import type { Column } from "../../components/DataTable";
import { FilterForm, useFilters, type Filter } from "../../components/FilterForm";
import { Moment } from "../../components/Moment";
import { Paged } from "../../components/Paged";
import { strings } from "../../strings/events";
import { Endpoints } from "./Endpoints";
import { OneEndpoint } from "./OneEndpoint";
import { OneEvent } from "./OneEvent";
import type { Event } from "./event";

export default function Events() {
  return (
    <>
      <h1>{strings.title}</h1>
      <ul className="plain row tabs">
        <li>
          <NavLink to="/events" end>
            {strings.happened}
          </NavLink>
        </li>
        <li>
          <NavLink to="/events/endpoints">{strings.endpoints}</NavLink>
        </li>
      </ul>
      <Routes>
        <Route index element={<List />} />
        <Route path="endpoints" element={<Endpoints />} />
        <Route path="endpoints/:id" element={<OneEndpoint />} />
        <Route path=":id" element={<OneEvent />} />
      </Routes>
    </>
  );
}

const FILTERS: readonly Filter[] = [
  { name: "event_type", label: strings.filters.type },
  { name: "connection_id", label: strings.filters.connection },
  { name: "record_id", label: strings.filters.record },
  { name: "from", label: strings.filters.from, help: strings.filters.moment },
  { name: "to", label: strings.filters.to },
];

function List() {
  const filters = useFilters(FILTERS);
  return (
    <>
      <FilterForm label={strings.filters.label} filters={FILTERS} />
      <Paged<Event>
        path="/webhooks/events"
        filters={filters}
        caption={strings.caption}
        columns={columns}
        refetch={5_000}
      />
    </>
  );
}

const columns: Column<Event>[] = [
  { id: "at", header: strings.columns.at, cell: ({ row }) => <Moment at={row.original.created_at} /> },
  {
    id: "type",
    header: strings.columns.type,
    cell: ({ row: { original } }) => <Link to={`/events/${original.id}`}>{original.event_type}</Link>,
  },
  { id: "record", header: strings.columns.record, cell: ({ row }) => <code>{row.original.record_id}</code> },
  { id: "connection", header: strings.columns.connection, cell: ({ row }) => <code>{row.original.connection_id}</code> },
];
