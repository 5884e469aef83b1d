/** What the page of the audit says. */
export const strings = {
  title: "Audit",
  caption: "Who did what, the latest first",
  export: "Export as CSV",
  columns: { at: "When", actor: "Who", action: "What", target: "To", detail: "Asked for" },
  filters: {
    label: "Find entries",
    actor: "Who, by name or id",
    action: "What",
    actionHelp: "Such as connection.deleted",
    since: "Since",
    until: "Until",
    moment: "Such as 2026-01-31T00:00:00Z",
  },
};
