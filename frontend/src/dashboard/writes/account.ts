/** What was chosen, and what write-info says of it. */
import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { askWhole } from "../../api";
import { connectionQuery, type Connection } from "../connections/connection";
import { useIntegrations, type IntegrationType } from "../integrations";
import { writeOf, type Write, type WriteInfo } from "./document";

export interface Account {
  type: IntegrationType;
  name: string;
  connection: string | null;
  /** Its writes by name and URL. */
  writes: { action: string; url: string }[];
}

interface Chosen {
  data: Account | undefined;
  isLoading: boolean;
  error: Error | null;
}

/** The account behind `connection:ID` or `integration:TYPE/NAME`; data is undefined until it is known. */
export function useAccount(chosen: string): Chosen {
  const [kind, value] = split(chosen);
  const connection = useQuery({ ...connectionQuery(value), enabled: kind === "connection" });
  const integrations = useIntegrations(kind === "integration");
  if (kind !== "integration") {
    const { data, isLoading, error } = connection;
    return { data: data && accountOf(data.data), isLoading, error };
  }
  const [type, name] = value.split("/") as [IntegrationType, string];
  const { data, isLoading, error } = integrations;
  const writes = data?.[type]?.find((one) => one.integration_name === name)?.write_operations ?? [];
  return { data: data && { type, name, connection: null, writes }, isLoading, error };
}

/** A connection names what it may do twice, in the same order: by actions and by the doors for them. */
function accountOf(connection: Connection): Account {
  const done = connection.available_actions.map((action, at) => ({ action, url: connection.available_endpoints[at] ?? "" }));
  return {
    type: connection.integration_type as IntegrationType,
    name: connection.integration_name,
    connection: connection.connection_id,
    writes: done.filter(({ url }) => !url.startsWith("GET ")),
  };
}

/** The write of an account that is asked for, or else its first; empty where it has none. */
export function chosenWrite(account: Account | undefined, asked: string | null): string {
  const writes = account?.writes ?? [];
  return (writes.find(({ action }) => action === asked) ?? writes[0])?.action ?? "";
}

/** A write of an account, explained; undefined while it is not known. */
export function useWrite(account: Account | undefined, action: string) {
  return useQuery({
    ...writeQuery(account, action),
    enabled: account !== undefined && account.writes.some((write) => write.action === action),
  });
}

function writeQuery(account: Account | undefined, action: string) {
  return queryOptions({
    queryKey: ["write-info", account?.type, account?.name, account?.connection, action],
    queryFn: async ({ signal }): Promise<Write | null> => {
      if (account === undefined) return null;
      const { data: document, headers } = await askWhole<WriteInfo>(
        "GET",
        `/integrations/${account.type}/${encodeURIComponent(account.name)}/write-info`,
        {
          query: { operation: action, explain: true },
          signal,
          ...(account.connection === null ? {} : { connection: account.connection }),
        },
      );
      return writeOf(document, action, headers.get("x-account-values"));
    },
  });
}

/** Asks for what the address has chosen, one after the other, while the page is still on its way. */
export async function prefetch(client: QueryClient, query: URLSearchParams): Promise<void> {
  const [kind, id] = split(query.get("account") ?? "");
  if (kind !== "connection") return;
  const account = accountOf((await client.fetchQuery(connectionQuery(id))).data);
  await client.prefetchQuery(writeQuery(account, chosenWrite(account, query.get("action"))));
}

function split(chosen: string): [kind: string, value: string] {
  const at = chosen.indexOf(":");
  return at < 0 ? ["", ""] : [chosen.slice(0, at), chosen.slice(at + 1)];
}
