/** The public API, called with the session's cookie in place of an API key. */

/** One fault of a request: where it is, what is wrong, what would be right. */
export interface Fault {
  pointer: string;
  message: string;
  accepted?: unknown;
}

/** An answer of 400 or more, in the words of whoever refused. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly origin: string,
    readonly faults: Fault[],
    readonly requestId: string | null,
    readonly body: unknown,
  ) {
    super(message);
  }
}

/** What a refusal says of the field at a JSON Pointer. */
export function faultAt(error: unknown, pointer: string): string | undefined {
  return error instanceof Refusal ? error.faults.find((fault) => fault.pointer === pointer)?.message : undefined;
}

export interface Asked {
  /** The connection that the request is about, for doors that want an access token. */
  connection?: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** Sent as JSON, but for a form, which is sent as one. */
  body?: unknown;
  signal?: AbortSignal;
}

/** What came back besides the body. */
export interface Answer<T> {
  data: T;
  requestId: string | null;
  headers: Headers;
}

let csrf: string | null = null;

/** Every later request that changes something carries this token. */
export function rememberCsrf(token: string | null): void {
  csrf = token;
}

/** Sends a request and answers its JSON. Throws `Refusal` for an answer of 400 or more. */
export async function ask<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
  return (await askWhole<T>(method, path, asked)).data;
}

/** As `ask`, with the answer's headers. */
export async function askWhole<T>(method: string, path: string, asked: Asked = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { ...asked.headers };
  if (asked.connection !== undefined) headers["x-crossdock-connection"] = asked.connection;
  if (csrf !== null && method !== "GET") headers["x-crossdock-csrf"] = csrf;
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (asked.signal) init.signal = asked.signal;
  if (asked.body instanceof FormData) {
    init.body = asked.body;
  } else if (asked.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(asked.body);
  }
  const response = await fetch(path + queryText(asked.query), init);
  const requestId = response.headers.get("x-request-id");
  const text = await response.text();
  const body: unknown = text === "" ? null : parsed(text);
  if (response.status >= 400) throw refusal(response.status, body, requestId);
  return { data: body as T, requestId, headers: response.headers };
}

function queryText(query: Asked["query"]): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
  if (given.length === 0) return "";
  return "?" + new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refusal(status: number, body: unknown, requestId: string | null): Refusal {
  const told = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const message = typeof told.error === "string" ? told.error : String(status);
  const faults = Array.isArray(told.errors) ? (told.errors as Fault[]) : [];
  return new Refusal(status, message, String(told.origin ?? ""), faults, requestId, body);
}
