/** The pages of the dashboard, in the order in which they are named at its side. */
import type { QueryClient } from "@tanstack/react-query";
import type { Loaded, PartOf } from "../components/Part";
import type { Role } from "../session";

export interface Page extends PartOf<object> {
  /** Below `/dashboard/`; pages of one record add to it. */
  path: string;
  title: string;
  /** Who sees it named; what a role may do is decided by the server. */
  roles: readonly Role[];
  load: () => Promise<LoadedPage>;
}

export interface LoadedPage extends Loaded<object> {
  /** Asks for the first of what the page shows at an address, when that is where the dashboard is entered. */
  prefetch?: (client: QueryClient, query: URLSearchParams) => Promise<void>;
}

const everyone: readonly Role[] = ["admin", "developer", "viewer"];

export const pages: readonly Page[] = [
  {
    path: "connections",
    title: "Connections",
    roles: everyone,
    load: () => import("./connections/Connections"),
  },
  {
    path: "writes",
    title: "Write explorer",
    roles: everyone,
    load: () => import("./writes/Writes"),
  },
  {
    path: "data",
    title: "Data explorer",
    roles: everyone,
    load: () => import("./data/Data"),
  },
  {
    path: "events",
    title: "Events",
    roles: everyone,
    load: () => import("./events/Events"),
  },
  {
    path: "requests",
    title: "Requests",
    roles: everyone,
    load: () => import("./requests/Requests"),
  },
  {
    path: "keys",
    title: "API keys",
    roles: ["admin", "developer"],
    load: () => import("./keys/Keys"),
  },
  {
    path: "users",
    title: "Users",
    roles: ["admin"],
    load: () => import("./users/Users"),
  },
  {
    path: "audit",
    title: "Audit",
    roles: ["admin"],
    load: () => import("./audit/Audit"),
  },
  {
    path: "account",
    title: "Your account",
    roles: everyone,
    load: () => import("./account/OwnAccount"),
  },
];
