/** A table over a list of the API, a page at a time. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RowData } from "@tanstack/react-table";
import { useState } from "react";
import { ask } from "../api";
import { strings } from "../strings/shell";
import { DataTable, type Column } from "./DataTable";
import { Problem } from "./Problem";

export interface Page<Row> {
  data: Row[];
  next_token: string | null;
}

export type Filters = Record<string, string>;

interface PagedProps<Row extends RowData> {
  path: string;
  filters?: Filters;
  connection?: string;
  limit?: number;
  caption: string;
  columns: Column<Row>[];
  empty?: string;
  /** Milliseconds between looks at the first page, for lists that grow while one watches. */
  refetch?: number;
}

export function Paged<Row extends RowData>(props: PagedProps<Row>) {
  const { path, filters = {}, connection, limit = 50, caption, columns, empty, refetch } = props;
  const of = JSON.stringify([path, filters, connection]);
  const [place, setPlace] = useState({ of, token: "" });
  // Another list, or other filters, begin at their beginning.
  const token = place.of === of ? place.token : "";
  const page = useQuery({
    queryKey: ["paged", path, filters, connection, limit, token],
    queryFn: ({ signal }) =>
      ask<Page<Row>>("GET", path, {
        query: { ...filters, limit, page_token: token },
        signal,
        ...(connection === undefined ? {} : { connection }),
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refetch !== undefined && token === "" ? refetch : false,
  });
  if (page.isError) return <Problem error={page.error} retry={() => void page.refetch()} />;
  if (page.isPending) return <p role="status">{strings.shell.loading}</p>;
  const next = page.data.next_token;
  return (
    <>
      <DataTable caption={caption} columns={columns} rows={page.data.data} {...(empty ? { empty } : {})} />
      <div className="row">
        <button type="button" disabled={token === ""} onClick={() => setPlace({ of, token: "" })}>
          {strings.table.newer}
        </button>
        <button type="button" disabled={!next} onClick={() => setPlace({ of, token: next ?? "" })}>
          {strings.table.older}
        </button>
      </div>
    </>
  );
}
