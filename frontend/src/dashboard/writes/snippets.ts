/** A write as a program would send it. Keys and tokens are the names of variables, never their values. */

export interface Sendable {
  method: string;
  url: string;
  body: unknown;
  idempotencyKey: string;
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

function curl({ method, url, body, idempotencyKey }: Sendable): string {
  const lines = [
    `curl -X ${method} ${shell(url)}`,
    '-H "x-trackstar-api-key: $CROSSDOCK_KEY"',
    '-H "x-trackstar-access-token: $CROSSDOCK_TOKEN"',
    `-H ${shell(`Idempotency-Key: ${idempotencyKey}`)}`,
  ];
  if (body !== undefined) {
    lines.push("-H 'Content-Type: application/json'", `-d ${shell(JSON.stringify(body, null, 2))}`);
  }
  return lines.join(" \\\n  ");
}

function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function python({ method, url, body, idempotencyKey }: Sendable): string {
  const sent = body === undefined ? "" : `    json=${pythonValue(body, 1)},\n`;
  return `import os

import httpx

answer = httpx.request(
    ${JSON.stringify(method)},
    ${pythonValue(url, 1)},
    headers={
        "x-trackstar-api-key": os.environ["CROSSDOCK_KEY"],
        "x-trackstar-access-token": os.environ["CROSSDOCK_TOKEN"],
        "Idempotency-Key": ${pythonValue(idempotencyKey, 2)},
    },
${sent}    timeout=60,
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

function javascript({ method, url, body, idempotencyKey }: Sendable): string {
  const type = body === undefined ? "" : '    "Content-Type": "application/json",\n';
  const sent = body === undefined ? "" : `  body: JSON.stringify(${indented(JSON.stringify(body, null, 2))}),\n`;
  return `const answer = await fetch(${JSON.stringify(url)}, {
  method: ${JSON.stringify(method)},
  headers: {
    "x-trackstar-api-key": process.env.CROSSDOCK_KEY,
    "x-trackstar-access-token": process.env.CROSSDOCK_TOKEN,
    "Idempotency-Key": ${JSON.stringify(idempotencyKey)},
${type}  },
${sent}});
console.log(answer.status, await answer.json());
`;
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
