/** The dashboard's beginning: who is signed in decides what is shown. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { Refusal } from "../api";
import "../style.css";
import { Dashboard } from "./Dashboard";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; a server that restarts comes back.
      retry: (failures, error) => !(error instanceof Refusal && error.status < 500) && failures < 6,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000),
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <BrowserRouter basename="/dashboard">
        <Dashboard />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
