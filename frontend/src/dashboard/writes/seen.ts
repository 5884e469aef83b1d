/** A record as it was when somebody began to change it. */
import { useQuery } from "@tanstack/react-query";
import { askWhole } from "../../api";
import type { Account } from "./account";
import type { Write } from "./document";

/** The entity tag of the record, which is looked at once, and `again` when its change was sent or is decided anew. */
export function useSeen(account: Account, write: Write, id: string | null): { etag: string | null; again: () => void } {
  const item = write.parameter === null ? null : /^.*?\}/.exec(write.path)?.[0].replace(/\{\w+\}/, encodeURIComponent(id ?? ""));
  const record = useQuery({
    queryKey: ["seen", account.connection, item],
    queryFn: ({ signal }) => askWhole("GET", item ?? "", { connection: account.connection ?? "", signal }),
    enabled: id !== null && item !== null && item !== undefined && account.connection !== null,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  });
  return { etag: record.data?.headers.get("etag") ?? null, again: () => void record.refetch() };
}
