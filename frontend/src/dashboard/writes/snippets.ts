/** A write as a program would send it. Keys and tokens are the names of variables, never their values. */

import type { Write } from "./document";
import { asJson } from "./form/body";

export interface Sendable {
  method: string;
  url: string;
  /** Sent as JSON; undefined for a write without a body. */
  body?: unknown;
  /** Sent as a form instead. */
  form?: FormPart[];
  idempotencyKey: string;
}

/** A text, or the name of a file. */
export type FormPart = { name: string; text: string } | { name: string; file: string };

/** A write with what is in its form. */
export function sendableOf(write: Write, url: string, body: unknown, idempotencyKey: string): Sendable {
  const sendable = { method: write.method, url, idempotencyKey };
  if (write.body === null) return sendable;
  if (!write.takesFile) return { ...sendable, body: asJson(body) };
  const form = Object.entries(body as Record<string, unknown>).map(([name, value]) =>
    value instanceof File ? { name, file: value.name } : { name, text: String(value) },
  );
  return { ...sendable, form };
}

export type Language = "curl" | "Python" | "JavaScript";
export const LANGUAGES: readonly Language[] = ["curl", "Python", "JavaScript"];

export function snippet(language: Language, sendable: Sendable): string {
  switch (language) {
    case "curl":
      return curl(sendable);
    case "Python":
      return python(sendable);
    case "JavaScript":
      return javascript(sendable);
  }
}

function curl({ method, url, body, form, idempotencyKey }: Sendable): string {
  const lines = [
    `curl -X ${method} ${shell(url)}`,
    '-H "x-trackstar-api-key: $CROSSDOCK_KEY"',
    '-H "x-trackstar-access-token: $CROSSDOCK_TOKEN"',
    `-H ${shell(`Idempotency-Key: ${idempotencyKey}`)}`,
  ];
  for (const part of form ?? []) {
    lines.push(
      "file" in part
        ? `-F ${shell(`${part.name}=@"${part.file.replaceAll(/["\\]/g, "\\$&")}"`)}`
        : `--form-string ${shell(`${part.name}=${part.text}`)}`,
    );
  }
  if (body !== undefined) {
    lines.push("-H 'Content-Type: application/json'", `--data-raw ${shell(JSON.stringify(body, null, 2))}`);
  }
  return lines.join(" \\\n  ");
}

function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function python({ method, url, body, form, idempotencyKey }: Sendable): string {
  const texts = Object.fromEntries((form ?? []).flatMap((part) => ("text" in part ? [[part.name, part.text]] : [])));
  const files = (form ?? []).flatMap((part) =>
    "file" in part ? [`${JSON.stringify(part.name)}: open(${JSON.stringify(part.file)}, "rb")`] : [],
  );
  const sent = [
    ...(body === undefined ? [] : [`json=${pythonValue(body, 1)}`]),
    ...(Object.keys(texts).length === 0 ? [] : [`data=${pythonValue(texts, 1)}`]),
    ...(files.length === 0 ? [] : [`files={${files.join(", ")}}`]),
  ];
  return `import os

import httpx

answer = httpx.request(
    ${JSON.stringify(method)},
    ${JSON.stringify(url)},
    headers={
        "x-trackstar-api-key": os.environ["CROSSDOCK_KEY"],
        "x-trackstar-access-token": os.environ["CROSSDOCK_TOKEN"],
        "Idempotency-Key": ${JSON.stringify(idempotencyKey)},
    },
${sent.map((line) => `    ${line},\n`).join("")}    timeout=60,
)
print(answer.status_code, answer.json())
`;
}

/** A JSON value as Python writes it. */
function pythonValue(value: unknown, depth: number): string {
  const inner = "    ".repeat(depth + 1);
  const outer = "    ".repeat(depth);
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map((one) => pythonValue(one, depth + 1))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${pythonValue(one, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return parts.length === 0 ? open + close : `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${outer}${close}`;
}

function javascript({ method, url, body, form, idempotencyKey }: Sendable): string {
  const type = body === undefined ? "" : '    "Content-Type": "application/json",\n';
  const json = body === undefined ? "" : `  body: JSON.stringify(${indented(JSON.stringify(body, null, 2))}),\n`;
  return `${form === undefined ? "" : formLines(form)}const answer = await fetch(${JSON.stringify(url)}, {
  method: ${JSON.stringify(method)},
  headers: {
    "x-trackstar-api-key": process.env.CROSSDOCK_KEY,
    "x-trackstar-access-token": process.env.CROSSDOCK_TOKEN,
    "Idempotency-Key": ${JSON.stringify(idempotencyKey)},
${type}  },
${form === undefined ? json : "  body: form,\n"}});
console.log(answer.status, await answer.json());
`;
}

function formLines(form: FormPart[]): string {
  const lines = form.map((part) => {
    const name = JSON.stringify(part.name);
    if ("text" in part) return `form.append(${name}, ${JSON.stringify(part.text)});`;
    const file = JSON.stringify(part.file);
    return `form.append(${name}, new Blob([await readFile(${file})]), ${file});`;
  });
  return ['import { readFile } from "node:fs/promises";', "", "const form = new FormData();", ...lines, ""].join("\n");
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
