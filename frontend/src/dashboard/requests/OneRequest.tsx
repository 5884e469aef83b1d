/** One call: its headers and bodies, and how long each vendor call within it took. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { ask } from "../../api";
import { Json } from "../../components/Json";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import { strings as shell } from "../../strings/shell";
import { strings } from "../../strings/requests";
import { readable, type LoggedCall, type WholeCall } from "./call";

export function OneRequest() {
  const { id = "" } = useParams();
  const call = useQuery({
    queryKey: ["request", id],
    queryFn: ({ signal }) => ask<{ data: WholeCall }>("GET", `/requests/${encodeURIComponent(id)}`, { signal }),
  });
  return (
    <>
      <h1>{strings.one}</h1>
      {call.isPending && <p role="status">{shell.shell.loading}</p>}
      {call.isError && <Problem error={call.error} retry={() => void call.refetch()} />}
      {call.data && <Whole call={call.data.data} />}
    </>
  );
}

function Whole({ call }: { call: WholeCall }) {
  return (
    <>
      <p>
        <code>
          {call.method} {call.url}
        </code>{" "}
        {call.status ?? strings.noAnswer}, {call.duration_ms} ms, <Moment at={call.at} />
      </p>
      {call.request_id && (
        <p>
          {strings.filters.requestId}: <Link to={`/requests?request_id=${call.request_id}`}>{call.request_id}</Link>
        </p>
      )}
      {call.error && <p className="fault">{call.error}</p>}
      {call.kind === "api" && call.vendor_calls.length > 0 && <Timing call={call} />}
      {call.truncated && <p className="quiet">{strings.truncated}</p>}
      <Side title={strings.request} headers={call.request_headers} body={call.request_body} />
      <Side title={strings.response} headers={call.response_headers} body={call.response_body} />
    </>
  );
}

function Side({ title, headers, body }: { title: string; headers: Record<string, string>; body: string | null }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Json label={strings.headersOf(title)} value={headers} />
      {body !== null && <Json label={strings.bodyOf(title)} value={readable(body)} />}
    </section>
  );
}

const WIDTH = 1000;
const ROW = 28;

/** When each vendor call began and ended within the request, drawn and told. */
function Timing({ call }: { call: WholeCall }) {
  const began = Date.parse(call.at);
  const span = Math.max(call.duration_ms, 1);
  const calls = [...call.vendor_calls].sort((a, b) => a.at.localeCompare(b.at));
  const scaled = (milliseconds: number) => Math.min(Math.max((milliseconds / span) * WIDTH, 0), WIDTH);
  const bar = (one: LoggedCall, at: number) => (
    <rect
      key={one.id}
      className="bar"
      x={scaled(Date.parse(one.at) - began)}
      y={at * ROW + 6}
      width={Math.max(scaled(one.duration_ms), 3)}
      height={ROW - 12}
    />
  );
  return (
    <section aria-label={strings.timing}>
      <h2>{strings.timing}</h2>
      <svg className="timing" viewBox={`0 0 ${WIDTH} ${calls.length * ROW}`} aria-hidden="true">
        {calls.map(bar)}
      </svg>
      <ol>
        {calls.map((one) => (
          <li key={one.id}>
            <Link to={`/requests/${one.id}`}>
              {one.method} {one.url}
            </Link>{" "}
            {one.status ?? strings.noAnswer}, {one.duration_ms} ms
          </li>
        ))}
      </ol>
    </section>
  );
}
