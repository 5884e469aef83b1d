/** A connection as `GET /connections` answers it. */
import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../api";

export interface Schedule {
  function_name: string;
  latest_sync: string | null;
  latest_data: string | null;
  last_crawl_start: string | null;
  last_crawl_end: string | null;
  sync_frequency: string;
  in_progress: boolean;
  sync_status: "enabled" | "disabled" | "error" | "sync_in_progress" | "first_sync_in_progress";
}

export interface ConnectionError {
  error_message: string;
  affected_endpoints: { endpoint: string; preventing_sync: boolean }[];
  first_seen: string;
  last_seen: string;
}

export interface Connection {
  connection_id: string;
  integration_name: string;
  integration_display_name: string;
  integration_type: string;
  customer_id: string | null;
  created_at: string;
  last_used: string | null;
  times_used: number;
  latest_sync: string | null;
  sync_schedules: Schedule[];
  historical_sync_completed: Record<string, boolean>;
  errors: ConnectionError[];
  available_actions: string[];
  available_endpoints: string[];
  webhooks_disabled: boolean;
}

/** Asks for one connection. */
export function connectionQuery(id: string) {
  return queryOptions({
    queryKey: ["connection", id],
    queryFn: ({ signal }) => ask<{ data: Connection }>("GET", `/connections/${encodeURIComponent(id)}`, { signal }),
  });
}
