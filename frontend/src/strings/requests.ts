/** What the pages of requests say. */
export const strings = {
  title: "Requests",
  introduction: "Every call of the API and every call to a vendor, without secrets, for as long as the server keeps them.",
  caption: "Calls, the latest first",
  one: "One call",
  request: "Request",
  response: "Answer",
  headersOf: (side: string) => `${side}: headers`,
  bodyOf: (side: string) => `${side}: body`,
  timing: "Calls to the vendor within it",
  truncated: "A body was longer than what is kept of it.",
  noAnswer: "no answer",
  kinds: { api: "API", vendor: "vendor" },
  columns: { at: "When", kind: "Kind", call: "Call", status: "Status", took: "Took", actor: "By" },
  filters: {
    label: "Find calls",
    requestId: "Request id",
    kind: "Kind",
    connection: "Connection id",
    status: "Status at least",
    path: "Text in the URL",
  },
};
