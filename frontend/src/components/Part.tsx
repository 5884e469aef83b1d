/** A component whose code is a file of its own, which is loaded when it is needed. */
import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { strings } from "../strings/shell";
import { Problem } from "./Problem";

export interface Loaded<Props extends object> {
  default: ComponentType<Props>;
}

export interface PartOf<Props extends object> {
  /** Unlike that of any other. */
  path: string;
  load: () => Promise<Loaded<Props>>;
}

/** Loads a component's file once. */
export function partQuery<Module>({ path, load }: { path: string; load: () => Promise<Module> }) {
  return { queryKey: ["part", path], queryFn: load, staleTime: "static" as const, gcTime: Infinity };
}

/** In place of React's `lazy`, which shows what it replaces a fallback by 300 ms later at the earliest. */
export function Part<Props extends object>({ of, ...props }: { of: PartOf<Props> } & Props) {
  const part = useQuery(partQuery(of));
  if (part.isError) return <Problem error={part.error} retry={() => void part.refetch()} />;
  if (part.isPending) return <p role="status">{strings.shell.loading}</p>;
  const Component = part.data.default;
  return <Component {...(props as unknown as Props)} />;
}
