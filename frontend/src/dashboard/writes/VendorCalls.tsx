/** The calls to the vendor that a request caused, from the log of requests. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { ask } from "../../api";
import { Json } from "../../components/Json";
import { strings } from "../../strings/writes";
import { readable, type LoggedCall, type WholeCall } from "../requests/call";

const WAIT = 700;

function Bodies({ call }: { call: WholeCall | undefined }) {
  if (call === undefined) return null;
  return (
    <>
      {call.request_body && <Json label={strings.toVendor} value={readable(call.request_body)} />}
      {call.response_body && <Json label={strings.fromVendor} value={readable(call.response_body)} />}
    </>
  );
}

export function VendorCalls({ requestId }: { requestId: string }) {
  const listed = useQuery({
    queryKey: ["requests", "of", requestId],
    queryFn: ({ signal }) =>
      ask<{ data: LoggedCall[] }>("GET", "/requests", { query: { request_id: requestId, kind: "vendor" }, signal }),
    // The log is written a moment after the answer.
    refetchInterval: ({ state }) => ((state.data?.data.length ?? 0) === 0 && state.dataUpdateCount < 10 ? WAIT : false),
  });
  const calls = [...(listed.data?.data ?? [])].reverse();
  const whole = useQueries({
    queries: calls.map(({ id }) => ({
      queryKey: ["request", id],
      queryFn: () => ask<{ data: WholeCall }>("GET", `/requests/${id}`),
      staleTime: Infinity,
    })),
  });
  return (
    <section aria-labelledby="vendor-calls">
      <h3 id="vendor-calls">{strings.vendorAnswer}</h3>
      {calls.length === 0 && <p role="status">{strings.vendorWaiting}</p>}
      {calls.map((call, at) => (
        <details key={call.id}>
          <summary>
            {call.method} {call.url} <strong>{call.status ?? "-"}</strong> {call.duration_ms} ms
          </summary>
          <Bodies call={whole[at]?.data?.data} />
        </details>
      ))}
    </section>
  );
}
