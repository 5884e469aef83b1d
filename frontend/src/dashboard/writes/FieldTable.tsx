/** The fields of a write in a table, or those of two accounts side by side. */
import { DataTable, type Column } from "../../components/DataTable";
import { strings } from "../../strings/writes";
import { compared, type Compared, type FieldRow } from "./document";

const VALUES_SHOWN = 8;

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
    { id: "field", header: strings.columns.field, cell: ({ row: { original } }) => <code>{original.path}</code> },
    side("left", left.name),
    side("right", right.name),
  ];
  return <DataTable caption={caption} columns={both} rows={compared(left.rows, right.rows)} />;
}

function Need({ row }: { row: FieldRow }) {
  return <span className={row.required ? "badge warn" : "badge"}>{row.required ? strings.required : strings.optional}</span>;
}

function Values({ row }: { row: FieldRow }) {
  if (row.values.length === 0) return row.needsConnection ? <span className="quiet">{strings.needsConnection}</span> : null;
  const more = row.values.length - VALUES_SHOWN;
  return (
    <>
      {row.values.slice(0, VALUES_SHOWN).map((value) => (
        <code key={String(value)} className="value">
          {String(value)}
        </code>
      ))}
      {more > 0 && <span className="quiet"> {strings.more(more)}</span>}
      {row.ofAccount && <p className="help">{strings.ofAccount}</p>}
    </>
  );
}

function Lands({ row }: { row: FieldRow }) {
  if (row.vendor === null) return null;
  if (row.vendor.length === 0) return <p className="help">{strings.computed}</p>;
  return (
    <ul className="plain">
      {row.vendor.map((place) => (
        <li key={place}>
          <code>{place}</code>
        </li>
      ))}
    </ul>
  );
}
