/** The lists of a connection: last and next reading of each, and how far one is that is under way. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api";
import { DataTable, type Column } from "../../components/DataTable";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings } from "../../strings/connections";
import type { Connection } from "./connection";
import { useChange } from "./OneConnection";

interface Run {
  function_name: string;
  sync_status: string;
  started_at: string | null;
  ended_at: string | null;
  next_run_at: string | null;
  error: string | null;
  pages: number;
  created: number;
  updated: number;
  unchanged: number;
  put_aside: number;
  records_per_second: number;
}

const UNDER_WAY = new Set(["sync_in_progress", "first_sync_in_progress"]);

export function Schedules({ connection }: { connection: Connection }) {
  const id = connection.connection_id;
  const mayChange = useMayChange();
  const change = useChange(id);
  const runs = useQuery({
    queryKey: ["connection", id, "syncs"],
    queryFn: ({ signal }) => ask<{ data: Run[] }>("GET", `/connections/${id}/syncs`, { signal }),
    refetchInterval: ({ state }) => (state.data?.data.some(changesSoon) ? 1_000 : 10_000),
  });
  const columns: Column<Run>[] = [
    { id: "list", header: strings.lists.list, cell: ({ row }) => <code>{row.original.function_name}</code> },
    { id: "status", header: strings.lists.status, cell: ({ row }) => <Status run={row.original} /> },
    { id: "last", header: strings.lists.last, cell: ({ row }) => <Moment at={row.original.ended_at} /> },
    { id: "next", header: strings.lists.next, cell: ({ row }) => <Moment at={row.original.next_run_at} /> },
    {
      id: "counts",
      header: strings.lists.counts,
      cell: ({ row: { original } }) =>
        original.started_at !== null && <span className="counted">{strings.progress(original)}</span>,
    },
    {
      id: "do",
      header: strings.lists.do,
      cell: ({ row: { original } }) => {
        if (!mayChange) return null;
        const paused = original.sync_status === "disabled";
        const name = original.function_name;
        return (
          <div className="row">
            <button
              type="button"
              aria-label={strings.syncOne(name)}
              onClick={() =>
                change.mutate({ method: "POST", path: "/connections/sync", body: { functions_to_sync: [name] } })
              }
            >
              {strings.sync}
            </button>
            <button
              type="button"
              aria-label={paused ? strings.resumeOne(name) : strings.pauseOne(name)}
              onClick={() =>
                change.mutate({ method: "PATCH", path: `/schedules/${name}/toggle`, body: { paused: !paused } })
              }
            >
              {paused ? strings.resume : strings.pause}
            </button>
          </div>
        );
      },
    },
  ];
  if (runs.isError) return <Problem error={runs.error} retry={() => void runs.refetch()} />;
  return (
    <section aria-labelledby="lists">
      <h2 id="lists">{strings.lists.title}</h2>
      {change.isError && <Problem error={change.error} />}
      {runs.data && <DataTable caption={strings.lists.caption} columns={columns} rows={runs.data.data} />}
    </section>
  );
}

/** Whether a list is being read, or will be for the first time at any moment. */
function changesSoon(run: Run): boolean {
  return UNDER_WAY.has(run.sync_status) || (run.sync_status === "enabled" && run.ended_at === null);
}

function Status({ run }: { run: Run }) {
  const kind = run.sync_status === "error" ? "bad" : UNDER_WAY.has(run.sync_status) ? "warn" : "good";
  return (
    <>
      <span className={`badge ${kind}`}>{strings.statuses[run.sync_status] ?? run.sync_status}</span>
      {UNDER_WAY.has(run.sync_status) && <progress aria-label={strings.progressOf(run.function_name)} />}
      {run.error && <p className="fault">{run.error}</p>}
    </>
  );
}
