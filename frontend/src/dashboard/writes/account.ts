/** What was chosen, and what write-info says of it. */
import { useQuery } from "@tanstack/react-query";
import { ask, askWhole } from "../../api";
import type { Connection } from "../connections/connection";
import { useIntegrations, type IntegrationType } from "../integrations";
import { writeOf, type Write, type WriteInfo } from "./document";

export interface Account {
  type: IntegrationType;
  name: string;
  connection: string | null;
  /** Its writes by name and URL. */
  writes: { action: string; url: string }[];
}

/** The account behind `connection:ID` or `integration:TYPE/NAME`; data is undefined until it is known. */
export function useAccount(chosen: string): { data: Account | undefined; error: Error | null } {
  const integrations = useIntegrations();
  const [kind, value = ""] = split(chosen);
  const connection = useQuery({
    queryKey: ["connection", value],
    queryFn: ({ signal }) =>
      ask<{ data: Connection }>("GET", `/connections/${encodeURIComponent(value)}`, { signal }),
    enabled: kind === "connection",
  });
  const slug =
    kind === "connection"
      ? connection.data && `${connection.data.data.integration_type}/${connection.data.data.integration_name}`
      : value;
  const error = connection.error ?? integrations.error;
  if (!slug || !integrations.data || kind === "") return { data: undefined, error };
  const [type, name] = slug.split("/") as [IntegrationType, string];
  const integration = integrations.data[type]?.find((one) => one.integration_name === name);
  const allowed = connection.data?.data.available_actions;
  const writes = (integration?.write_operations ?? []).filter(({ action }) => allowed?.includes(action) ?? true);
  return { data: { type, name, connection: kind === "connection" ? value : null, writes }, error };
}

/** A write of an account, explained; undefined while it is not known. */
export function useWrite(account: Account | undefined, action: string) {
  return useQuery({
    queryKey: ["write-info", account?.type, account?.name, account?.connection, action],
    enabled: account !== undefined && account.writes.some((write) => write.action === action),
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

function split(chosen: string): [string, string | undefined] {
  const at = chosen.indexOf(":");
  return at < 0 ? ["", undefined] : [chosen.slice(0, at), chosen.slice(at + 1)];
}
