/** Events, deliveries and endpoints as the API answers them. */
export interface Event {
  id: string;
  event_type: string;
  connection_id: string;
  record_id: string | null;
  created_at: string;
  payload: unknown;
}

export interface Delivery {
  id: string;
  endpoint_id: string;
  url: string;
  state: string;
  created_at: string;
  next_attempt_at: string | null;
  attempts: Attempt[];
}

export interface Attempt {
  number: number;
  at: string;
  seconds: number;
  status: number | null;
  error: string | null;
  answer: string | null;
}

export interface Endpoint {
  id: string;
  url: string;
  description: string;
  event_types: string[] | null;
  enabled: boolean;
  disabled_reason: string | null;
  failing_since: string | null;
}
