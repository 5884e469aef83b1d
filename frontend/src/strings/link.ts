/** What the connect dialog and the page of magic links say. */
export const strings = {
  title: "Connect an account",
  connect: (system: string) => `Connect ${system}`,
  close: "Close",
  loading: "Loading",
  none: "There is nothing that can be connected here.",
  search: "Search systems",
  found: (count: number) => (count === 1 ? "1 system" : `${count} systems`),
  optional: (title: string) => `${title} (optional)`,
  help: (description: string, example: string | null, where: string | null) =>
    [description, example && `Such as ${example}`, where && `Where to find it: ${where}`].filter(Boolean).join(". "),
  back: "Back",
  submit: "Connect",
  refused: "That was not accepted; see the field above.",
  checking: "Checking what the account may do",
  connected: (system: string) => `${system} is connected`,
  writes: (count: number) => `${count} writes, which cannot be tried without writing something`,
  done: "Done",
  verdicts: { waiting: "checking", allowed: "may be read", refused: "not permitted", unknown: "could not be checked" },
  oauth: {
    begin: (system: string) => `Go to ${system}`,
    go: (system: string) => `Agree at ${system} (opens a new window)`,
    waiting: (system: string) => `Waiting until you agreed at ${system}.`,
    byHand: "Fill in credentials instead",
  },
  magic: {
    done: "The account is connected. You can close this page.",
    missing: "The address is not complete: open the whole link that you were sent.",
  },
};
