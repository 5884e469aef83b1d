/** The lists of a connection, as paths of the API; one below a record has that record's parameter in its path. */
import type { Connection } from "../connections/connection";

export function listsOf(connection: Connection): string[] {
  return connection.available_endpoints.flatMap((one) => {
    const [method, path] = one.split(" ");
    return method === "GET" && path !== undefined ? [path] : [];
  });
}

/** Whether the list is one below a record that has to be known. */
export function isBelow(list: string): boolean {
  return list.includes("{");
}

/** The list of which this is the path. */
export function listAt(lists: string[], path: string | null): string | undefined {
  const steps = path?.split("/") ?? [];
  return lists.find((list) => {
    const wanted = list.split("/");
    return wanted.length === steps.length && wanted.every((step, at) => step.startsWith("{") || step === steps[at]);
  });
}

/** The paths of the lists below a record of that path. */
export function pathsBelow(lists: string[], resource: string, id: string): string[] {
  return lists.flatMap((list) => {
    const [before, below] = list.split(/\/\{[^}]*\}/);
    return before === resource && below ? [`${resource}/${encodeURIComponent(id)}${below}`] : [];
  });
}
