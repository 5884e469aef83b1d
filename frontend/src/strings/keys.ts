/** What the page of API keys says. */
export const strings = {
  title: "API keys",
  caption: "The organisation's keys",
  name: "Name of the new key",
  readOnly: "may only read",
  make: "Make a key",
  once: "Copy it now; it is not shown again:",
  revoke: "Revoke",
  revokeQuestion: (name: string) => `Programs that use ${name} are refused from now on. This cannot be undone.`,
  revoked: "revoked",
  live: "live",
  reads: "reads",
  full: "everything",
  columns: { name: "Name", hint: "Begins with", may: "May", made: "Made", state: "State" },
};
