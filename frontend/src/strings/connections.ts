/** What the pages of connections say. */
interface Progress {
  pages: number;
  created: number;
  updated: number;
  unchanged: number;
  put_aside: number;
  records_per_second: number;
}

export const strings = {
  title: "Connections",
  one: "Connection",
  caption: "The accounts that are connected",
  empty: "No account is connected yet, or none is found.",
  connect: "Connect an account",
  magicLinks: "Magic links",
  sandbox: "New sandbox:",
  sandboxMake: "Make it",
  sandboxQuestion: (type: string) =>
    `This makes the organisation's sandbox of type ${type}. If there is one, it is filled anew, and what was changed in it is gone.`,
  columns: { system: "System", customer: "Customer", health: "Health", sync: "Last sync", id: "Id" },
  filters: {
    label: "Find connections",
    search: "Id, customer or system",
    type: "Type",
    name: "Integration",
    health: "Health",
  },
  counts: { total: "Connections", healthy: "Healthy", failing: "Failing", syncing: "Syncing now", paused: "Paused" },
  healthy: "Healthy",
  failing: (count: number) => (count === 1 ? "1 error" : `${count} errors`),
  links: { writes: "What it takes", data: "Its records", requests: "Its requests", magic: "Have its owner connect it anew" },
  errors: "What is wrong",
  since: "Since",
  whatToDo: (prevented: number, affected: number, all: number) =>
    affected > 0 && prevented === 0
      ? "It is tried again by itself, after a minute, then two, four and so on, and what is stored stays good. If it lasts, the vendor knows more. The error goes by itself when the next sync succeeds."
      : affected === 0 || affected >= all
      ? "The credentials are not taken any more: reconnect the account. The error goes by itself when the next sync succeeds."
      : "The account may not do this any more: grant the permission at the vendor, or pause the list. The error goes by itself when the next sync succeeds.",
  syncNow: "Sync everything now",
  sync: "Sync now",
  syncOne: (name: string) => `Sync now: ${name}`,
  pause: "Pause",
  pauseOne: (name: string) => `Pause: ${name}`,
  resume: "Resume",
  resumeOne: (name: string) => `Resume: ${name}`,
  reinstall: "Reconnect",
  delete: "Delete",
  deleteQuestion: "The connection goes with everything that was stored for it, and its access tokens end. This cannot be undone.",
  rename: "Change",
  lists: {
    title: "Lists",
    caption: "What is read from the system, and when",
    list: "List",
    status: "State",
    last: "Last sync",
    next: "Next sync",
    counts: "Last run",
    do: "Change",
  },
  statuses: {
    enabled: "waiting",
    disabled: "paused",
    error: "error",
    sync_in_progress: "syncing",
    first_sync_in_progress: "first sync",
  } as Record<string, string>,
  progressOf: (name: string) => `${name} is under way`,
  progress: (run: Progress) =>
    `${run.created} new, ${run.updated} changed, ${run.unchanged} as before` +
    (run.put_aside > 0 ? `, ${run.put_aside} put aside` : "") +
    ` on ${run.pages} ${run.pages === 1 ? "page" : "pages"}, ${run.records_per_second}/s`,
  jobs: { title: "Read a window of time", from: "From", to: "To", begin: "Read", cancel: "Cancel" },
};
