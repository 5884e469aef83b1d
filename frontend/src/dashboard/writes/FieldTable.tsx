/** The fields of a write in a table, or those of two accounts side by side. */
import { useState } from "react";
import { DataTable, type Column } from "../../components/DataTable";
import { strings } from "../../strings/writes";
import { compared, differ, type Compared, type FieldRow, type Landing } from "./document";
import { Values } from "./Values";

/** The one field of the contract that is Crossdock's own. */
const KEPT_HERE = "trackstar_tags";

export function FieldTable({ caption, rows }: { caption: string; rows: FieldRow[] }) {
  return <DataTable caption={caption} columns={columns} rows={rows} />;
}

const columns: Column<FieldRow>[] = [
  {
    id: "field",
    header: strings.columns.field,
    cell: ({ row: { original } }) => (
      <>
        <code>{original.path}</code>
        {original.description && <p className="help">{original.description}</p>}
      </>
    ),
  },
  { id: "type", header: strings.columns.type, accessorFn: (row) => row.type },
  { id: "need", header: strings.columns.need, cell: ({ row: { original } }) => <Need row={original} /> },
  { id: "values", header: strings.columns.values, cell: ({ row: { original } }) => <Values row={original} /> },
  { id: "vendor", header: strings.columns.vendor, cell: ({ row: { original } }) => <Lands row={original} /> },
];

interface CompareTableProps {
  caption: string;
  left: { name: string; rows: FieldRow[] };
  right: { name: string; rows: FieldRow[] };
}

export function CompareTable({ caption, left, right }: CompareTableProps) {
  const [narrow, setNarrow] = useState(false);
  const side = (id: "left" | "right", name: string): Column<Compared> => ({
    id,
    header: name,
    cell: ({ row: { original } }) => {
      const field = original[id];
      return field === null ? (
        <span className="quiet">{strings.absent}</span>
      ) : (
        <>
          <Need row={field} /> {field.type} <Values row={field} />
          <Lands row={field} />
        </>
      );
    },
  });
  const both: Column<Compared>[] = [
    {
      id: "field",
      header: strings.columns.field,
      cell: ({ row: { original } }) => (
        <>
          <code>{original.path}</code> {differ(original) && <span className="badge warn">{strings.differs}</span>}
        </>
      ),
    },
    side("left", left.name),
    side("right", right.name),
  ];
  const rows = compared(left.rows, right.rows);
  return (
    <>
      <label className="tick">
        <input type="checkbox" checked={narrow} onChange={(event) => setNarrow(event.target.checked)} />
        {strings.onlyDifferences}
      </label>
      <DataTable caption={caption} columns={both} rows={narrow ? rows.filter(differ) : rows} />
    </>
  );
}

function Need({ row }: { row: FieldRow }) {
  return <span className={row.required ? "badge warn" : "badge"}>{row.required ? strings.required : strings.optional}</span>;
}

function Lands({ row }: { row: FieldRow }) {
  if (row.vendor === null) return null;
  if (row.vendor.length === 0) {
    return <p className="help">{row.path === KEPT_HERE ? strings.keptHere : strings.unusedField}</p>;
  }
  return (
    <ul className="plain lands">
      {row.vendor.map((landing) => (
        <li key={`${landing.request} ${landing.place}`}>
          <Place {...landing} />
        </li>
      ))}
    </ul>
  );
}

function Place({ request, place, computed }: Landing) {
  if (place === "") return <span className="quiet">{strings.decides(request)}</span>;
  return (
    <>
      <span className="quiet">{request}</span> <code className="place">{place.replace(/^#/, "")}</code>{" "}
      {computed && (
        <span className="badge" title={strings.computedHelp}>
          {strings.computed}
        </span>
      )}
    </>
  );
}
