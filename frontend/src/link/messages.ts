/** What a page and the dialog in its frame say to each other. */

/** What the dialog offers; names are those of the contract's clients. */
export interface DialogOptions {
  integrationType?: string;
  sandbox?: boolean;
  integrationAllowList?: string[];
  integrationBlockList?: string[];
  integrationsWithEndpoints?: string[];
  /** Goes to this integration at once. */
  integrationId?: string;
  /** An image of the page's own, as a data: URL, shown above. */
  logo?: string;
}

export interface ToDialog {
  token: string;
  options: DialogOptions;
}

export type FromDialog = { kind: "connected"; authCode: string; integrationName: string } | { kind: "closed" };
