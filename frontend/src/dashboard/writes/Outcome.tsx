/** What became of a write: the vendor's requests that were not sent, or the record and what the vendor answered. */
import { Json } from "../../components/Json";
import { strings } from "../../strings/writes";
import { VendorCalls } from "./VendorCalls";

/** The answer to a write or to its dry run. */
export interface Done {
  id?: string;
  data?: unknown;
  dry_run?: boolean;
  vendor_request?: VendorRequest | null;
  further_vendor_requests?: VendorRequest[];
  unused_fields?: string[];
}

interface VendorRequest {
  method: string;
  url: string;
  [part: string]: unknown;
}

interface OutcomeProps {
  done: Done;
  requestId: string | null;
  replayed: boolean;
}

export function Outcome({ done, requestId, replayed }: OutcomeProps) {
  return (
    <section aria-labelledby="outcome">
      <div role="status">
        <h3 id="outcome">{done.dry_run ? strings.previewed : strings.sent(done.id ?? null)}</h3>
      </div>
      {replayed && <p>{strings.replayed}</p>}
      {done.unused_fields && done.unused_fields.length > 0 && <p>{strings.unused(done.unused_fields)}</p>}
      {done.dry_run ? <Preview done={done} /> : <Json label={strings.record} value={done.data} />}
      {!done.dry_run && requestId !== null && <VendorCalls requestId={requestId} />}
    </section>
  );
}

function Preview({ done }: { done: Done }) {
  const requests = [...(done.vendor_request ? [done.vendor_request] : []), ...(done.further_vendor_requests ?? [])];
  if (requests.length === 0) return <p>{strings.nothingToSend}</p>;
  return (
    <ol className="plain">
      {requests.map(({ method, url, ...rest }, at) => (
        <li key={at}>
          <p>
            <code className="place">{`${method} ${url}`}</code>
          </p>
          <Json label={strings.previewOf(at + 1)} value={rest} />
        </li>
      ))}
    </ol>
  );
}
