/** The pages of the dashboard, in the order in which they are named at its side. */
import { lazy, type ComponentType } from "react";
import type { Role } from "../session";

export interface Page {
  /** Below `/dashboard/`; pages of one record add to it. */
  path: string;
  title: string;
  /** Who sees it named; what a role may do is decided by the server. */
  roles: readonly Role[];
  component: ComponentType;
}

const everyone: readonly Role[] = ["admin", "developer", "viewer"];

export const pages: readonly Page[] = [
  {
    path: "connections",
    title: "Connections",
    roles: everyone,
    component: lazy(() => import("./connections/Connections")),
  },
  {
    path: "writes",
    title: "Write explorer",
    roles: everyone,
    component: lazy(() => import("./writes/Writes")),
  },
  {
    path: "data",
    title: "Data explorer",
    roles: everyone,
    component: lazy(() => import("./data/Data")),
  },
  {
    path: "events",
    title: "Events",
    roles: everyone,
    component: lazy(() => import("./events/Events")),
  },
  {
    path: "requests",
    title: "Requests",
    roles: everyone,
    component: lazy(() => import("./requests/Requests")),
  },
  {
    path: "keys",
    title: "API keys",
    roles: ["admin", "developer"],
    component: lazy(() => import("./keys/Keys")),
  },
  {
    path: "users",
    title: "Users",
    roles: ["admin"],
    component: lazy(() => import("./users/Users")),
  },
  {
    path: "audit",
    title: "Audit",
    roles: ["admin"],
    component: lazy(() => import("./audit/Audit")),
  },
  {
    path: "account",
    title: "Your account",
    roles: everyone,
    component: lazy(() => import("./account/OwnAccount")),
  },
];
