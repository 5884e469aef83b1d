/** What the pages of connections say. */
export const strings = {
  title: "Connections",
  caption: "The accounts that are connected",
  empty: "No account is connected yet.",
  columns: { system: "System", customer: "Customer", health: "Health", id: "Id" },
  healthy: "Healthy",
  failing: (count: number) => (count === 1 ? "1 error" : `${count} errors`),
};
