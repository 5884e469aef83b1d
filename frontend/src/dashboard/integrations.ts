/** What can be connected, as `GET /integrations/{type}` tells it. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api";

export const INTEGRATION_TYPES = ["wms", "cart", "erp", "freight", "carrier"] as const;
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];

export interface Integration {
  integration_name: string;
  display_name: string;
  write_operations: { action: string; url: string }[];
}

/** Every integration by type, once it is `enabled`. */
export function useIntegrations(enabled = true) {
  return useQuery({
    queryKey: ["integrations"],
    enabled,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      const asked = INTEGRATION_TYPES.map(async (type) => {
        const { data } = await ask<{ data: Integration[] }>("GET", `/integrations/${type}`, { signal });
        return [type, data] as const;
      });
      return Object.fromEntries(await Promise.all(asked)) as Record<IntegrationType, Integration[]>;
    },
  });
}
