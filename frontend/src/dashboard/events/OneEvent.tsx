/** One event: its body, every attempt to deliver it, and having it delivered again. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { ask } from "../../api";
import { DataTable, type Column } from "../../components/DataTable";
import { Json } from "../../components/Json";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings as shell } from "../../strings/shell";
import { strings } from "../../strings/events";
import type { Attempt, Delivery, Event } from "./event";

export function OneEvent() {
  const { id = "" } = useParams();
  const path = `/webhooks/events/${encodeURIComponent(id)}`;
  const client = useQueryClient();
  const mayChange = useMayChange();
  const event = useQuery({
    queryKey: ["event", id],
    queryFn: ({ signal }) => ask<{ data: Event }>("GET", path, { signal }),
  });
  const deliveries = useQuery({
    queryKey: ["event", id, "deliveries"],
    queryFn: ({ signal }) => ask<{ data: Delivery[] }>("GET", `${path}/deliveries`, { signal }),
    refetchInterval: 2_000,
  });
  const replay = useMutation({
    mutationFn: () => ask<{ data: { deliveries: number } }>("POST", `${path}/replay`),
    onSettled: () => client.invalidateQueries({ queryKey: ["event", id] }),
  });
  if (event.isPending) return <p role="status">{shell.shell.loading}</p>;
  if (event.isError) return <Problem error={event.error} retry={() => void event.refetch()} />;
  return (
    <>
      <h2>{event.data.data.event_type}</h2>
      <p>
        <Moment at={event.data.data.created_at} /> <code>{id}</code>
      </p>
      {mayChange && (
        <button type="button" disabled={replay.isPending} onClick={() => replay.mutate()}>
          {strings.replay}
        </button>
      )}
      {replay.isError && <Problem error={replay.error} />}
      {replay.data && <p role="status">{strings.replayed(replay.data.data.deliveries)}</p>}
      <Json label={strings.body} value={event.data.data.payload} />
      <h3>{strings.deliveries}</h3>
      {deliveries.data?.data.length === 0 && <p>{strings.noDeliveries}</p>}
      {deliveries.data?.data.map((delivery) => (
        <section key={delivery.id} aria-label={delivery.url}>
          <h4>
            {delivery.url} <span className="badge">{delivery.state}</span>
          </h4>
          {delivery.next_attempt_at && (
            <p className="quiet">
              {strings.next} <Moment at={delivery.next_attempt_at} />
            </p>
          )}
          <DataTable caption={strings.attempts(delivery.url)} columns={columns} rows={delivery.attempts} />
        </section>
      ))}
    </>
  );
}

const columns: Column<Attempt>[] = [
  { id: "number", header: strings.attempt.number, accessorFn: (row) => row.number },
  { id: "at", header: strings.attempt.at, cell: ({ row }) => <Moment at={row.original.at} /> },
  { id: "took", header: strings.attempt.took, accessorFn: (row) => `${row.seconds} s` },
  { id: "status", header: strings.attempt.status, accessorFn: (row) => row.status ?? row.error ?? "" },
  { id: "answer", header: strings.attempt.answer, cell: ({ row }) => <code>{row.original.answer}</code> },
];
