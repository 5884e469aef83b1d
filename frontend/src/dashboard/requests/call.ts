/** A call as `GET /requests` answers it, and as `GET /requests/{id}` does. */
export interface LoggedCall {
  id: string;
  request_id: string | null;
  kind: "api" | "vendor";
  connection_id: string | null;
  method: string;
  url: string;
  status: number | null;
  duration_ms: number;
  at: string;
  actor: { kind: string | null; id: string | null; name: string | null };
  error: string | null;
}

export interface WholeCall extends LoggedCall {
  request_headers: Record<string, string>;
  request_body: string | null;
  response_headers: Record<string, string>;
  response_body: string | null;
  truncated: boolean;
  vendor_calls: LoggedCall[];
}

/** JSON decoded; a text that is none, or was cut off, as it is. */
export function readable(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
