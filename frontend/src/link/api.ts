/** The doors of links, opened by a link's token. */
import { Refusal, type Fault } from "../api";

export interface CredentialField {
  name: string;
  title: string;
  description: string;
  /** Where it is found in the vendor's own pages. */
  where: string | null;
  secret: boolean;
  required: boolean;
  default: string | null;
  example: string | null;
}

export interface Offered {
  integration_type: string;
  integration_name: string;
  display_name: string;
  description: string;
  available_actions: string[];
  /**
   * What is asked before the owner goes to the vendor and agrees, and what of it is found out when it is left
   * empty; null where that is not how one gets in.
   */
  oauth: { asked_first: string[]; may_be_left_out: string[] } | null;
  fields: CredentialField[];
}

export interface AccountGiven {
  integration_type: string;
  integration_name: string;
  fields: Record<string, string>;
}

export interface ListCheck {
  allowed: boolean | null;
  message: string | null;
}

/** Asks with a link's token. Throws `Refusal` for an answer of 400 or more. */
export async function askLinked<T>(token: string, method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    credentials: "omit",
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await fetch(path, init);
  const told = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.status >= 400) {
    const faults = Array.isArray(told.errors) ? (told.errors as Fault[]) : [];
    const message = typeof told.error === "string" ? told.error : String(response.status);
    throw new Refusal(response.status, message, String(told.origin ?? ""), faults, response.headers.get("x-request-id"), told);
  }
  return told as T;
}
