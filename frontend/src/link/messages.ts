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

/** `connecting` is said before the account is connected, and `connected` or `refused` when that is known; `closed`
 * asks to be put away. */
export type FromDialog =
  | { kind: "connecting" }
  | { kind: "refused" }
  | { kind: "connected"; authCode: string; integrationName: string }
  | { kind: "closed" };
