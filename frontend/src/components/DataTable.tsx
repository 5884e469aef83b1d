/** A table of rows that the server answered a page of, with its columns declared by TanStack Table. */
import { tableFeatures, useTable, type ColumnDef, type RowData } from "@tanstack/react-table";
import { strings } from "../strings/shell";

export const plainTable = tableFeatures({});
export type Column<Row extends RowData> = ColumnDef<typeof plainTable, Row, unknown>;

interface DataTableProps<Row extends RowData> {
  /** What the table is, for screen readers; shown above it. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  empty?: string;
}

export function DataTable<Row extends RowData>({ caption, columns, rows, empty }: DataTableProps<Row>) {
  const table = useTable({ features: plainTable, columns, data: rows });
  return (
    // A wide table is scrolled sideways, by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scrolled" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <td key={cell.id}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length}>{empty ?? strings.table.empty}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
